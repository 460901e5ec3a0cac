/**
 * The tab "Holdfast" of JConsole: {@code jconsole -pluginpath holdfast-jmx.jar}.
 *
 * <p>Runs in JConsole's process and sees the application over its JMX connection only, so it knows the
 * beans by name and no other class of Holdfast. {@code BeanReader} runs in a worker; all else here
 * belongs to the event dispatch thread.
 */
@NullMarked
package io.holdfast.jmx.console;

import org.jspecify.annotations.NullMarked;
