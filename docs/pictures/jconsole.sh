#!/usr/bin/env bash
# Takes a picture of JConsole's tab "Holdfast" over a running load, on a display of its own.
#
#   docs/pictures/jconsole.sh JDK_HOME OUT.png [SECONDS]
#
#   JDK_HOME  a full JDK (not a headless one), 17 or newer; the load runs on it as well
#   OUT.png   the picture
#   SECONDS   how long the load runs before the picture, 90 if not given
#
# Needs Xvfb, openbox, xdotool and ImageMagick, and builds what is missing.
# HOLDFAST_CLASSPATH, if set, is used instead: the test class path of the module jmx, its own jar first.
set -euo pipefail

jdk=${1:?JDK_HOME} out=$(realpath -m "${2:?OUT.png}") seconds=${3:-90}
cd "$(dirname "$0")/../.."
for tool in Xvfb openbox xdotool import; do
  command -v "$tool" >/dev/null || { echo "missing tool: $tool" >&2; exit 3; }
done

work=$(mktemp -d)
started=()
finish() {
  for (( i = ${#started[@]} - 1; i >= 0; i-- )); do
    kill "${started[i]}" 2>/dev/null || true
    wait "${started[i]}" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap finish EXIT
launch() {
  local log=$1
  shift
  "$@" >"$work/$log" 2>&1 &
  started+=("$!")
}

if [[ -z ${HOLDFAST_CLASSPATH:-} ]]; then
  ./mvnw -q -B package dependency:build-classpath -pl jmx -am -DskipTests -Dmdep.outputFile=target/test.classpath
  HOLDFAST_CLASSPATH="$(echo "$PWD"/jmx/target/holdfast-jmx-*.jar):$PWD/jmx/target/test-classes:$(<jmx/target/test.classpath)"
fi
plugin=${HOLDFAST_CLASSPATH%%:*}

launch xvfb.log bash -c 'exec Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$1"' _ "$work/display"
for (( i = 0; i < 100; i++ )); do
  [[ -s $work/display ]] && break
  sleep 0.2
done
DISPLAY=:$(tr -d '[:space:]' <"$work/display")
export DISPLAY
launch openbox.log openbox             # Swing takes no keys without a window manager

# The connection is the remote one, as it will be in earnest, open to this machine only.
launch load.log "$jdk/bin/java" -Djava.rmi.server.hostname=127.0.0.1 \
  -Dcom.sun.management.jmxremote.port=19411 -Dcom.sun.management.jmxremote.host=127.0.0.1 \
  -Dcom.sun.management.jmxremote.authenticate=false -Dcom.sun.management.jmxremote.ssl=false \
  -cp "$HOLDFAST_CLASSPATH" io.holdfast.jmx.console.LoadProgram "$work" "$(( seconds + 120 ))"
for (( i = 0; i < 100; i++ )); do
  (exec 3<>/dev/tcp/127.0.0.1/19411) 2>/dev/null && break
  sleep 0.3
done

launch jconsole.log timeout "$(( seconds + 120 ))" "$jdk/bin/jconsole" -J-Xmx256m -interval=2 \
  -pluginpath "$plugin" 127.0.0.1:19411
window=
for (( i = 0; i < 60; i++ )); do
  window=$(xdotool search --onlyvisible --name 'Java Monitoring' 2>/dev/null | head -n 1) || true
  [[ -n $window ]] && break
  sleep 1
done
[[ -n $window ]] || { echo "no window of JConsole" >&2; cat "$work/jconsole.log" >&2; exit 1; }
[[ -n ${WINDOW_SIZE:-} ]] || WINDOW_SIZE='1120 800'
# shellcheck disable=SC2086
xdotool windowmove "$window" 0 0 windowsize "$window" $WINDOW_SIZE
sleep 4
# JConsole asks whether to go on without SSL. The button takes no keys; where it stands follows from
# the window's width, and a click after the question lands on an idle spot.
read -r width _ <<<"$WINDOW_SIZE"
for (( i = 0; i < 15; i++ )); do
  xdotool mousemove "$(( width / 2 - 85 ))" 222 click 1
  sleep 2
done
xdotool mousemove 536 78 click 1       # the tab after MBeans
sleep "$seconds"
xdotool mousemove 5 "$(( ${WINDOW_SIZE##* } - 5 ))"
sleep 1
import -window "$window" -depth 8 -colors 128 "PNG8:$out"
echo "wrote $out"
