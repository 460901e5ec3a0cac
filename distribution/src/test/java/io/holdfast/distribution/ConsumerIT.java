package io.holdfast.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project outside this build that declares {@code holdfast-jcache} and nothing else, compiled by a
 * Maven of its own before these tests run. Its build refuses version ranges and versions that disagree.
 */
class ConsumerIT {
  private static final Path PROJECT = Path.of(System.getProperty("consumer.directory", ""));
  private static final Path CLASSES = PROJECT.resolve("target/classes");
  private static final String PROVIDER = "META-INF/services/javax.cache.spi.CachingProvider";

  @TempDir
  Path directory;

  /** Whoever adds a line here has agreed that every user of the cache gets one more jar. */
  @Test
  void dependencies_areTheAgreedOnes() throws IOException {
    String listed = Files.readString(PROJECT.resolve("target/artifacts.txt"));
    List<String> artifacts = Pattern.compile("(\\S+:\\S+):jar:[^:\\s]+:(compile|runtime)")
        .matcher(listed)
        .results()
        .map(ConsumerIT::withScope)
        .toList();

    assertThat(artifacts)
        .containsExactlyInAnyOrder(
            "io.holdfast:holdfast-jcache compile",
            "javax.cache:cache-api compile",
            "org.ehcache.modules:ehcache-api compile",
            "org.ehcache.modules:ehcache-core compile",
            "org.ehcache.modules:ehcache-impl compile",
            "org.terracotta:statistics runtime",
            "org.xerial:sqlite-jdbc compile",
            "com.zaxxer:HikariCP compile",
            "org.slf4j:slf4j-api runtime",
            "org.jspecify:jspecify compile");
    assertThat(classPath()).hasSameSizeAs(artifacts);
  }

  private static String withScope(MatchResult artifact) {
    return artifact.group(1) + " " + artifact.group(2);
  }

  @Test
  void classPath_hasOneCachingProvider() throws IOException {
    List<String> jars = new ArrayList<>();
    for (Path jar : classPath()) {
      try (var opened = new JarFile(jar.toFile())) {
        if (opened.getEntry(PROVIDER) != null) {
          jars.add(jar.getFileName().toString());
        }
      }
    }

    assertThat(jars).singleElement().asString().startsWith("holdfast-jcache-");
  }

  @Test
  void secondJvm_onTheClassPath_findsWhatTheFirstWrote() throws Exception {
    String path = joined(Stream.concat(Stream.of(CLASSES), classPath().stream()));
    List<String> options = List.of("-cp", path, "consumer.Consumer");

    assertThat(consume(options, "kelp")).isEqualTo("found: null");
    assertThat(consume(options, "sand")).isEqualTo("found: kelp");
  }

  /** What the README tells users of the module path to say. */
  @Test
  void secondJvm_onTheModulePath_findsWhatTheFirstWrote() throws Exception {
    Path module = compileAsModule();
    List<String> options = List.of(
        "-p",
        joined(Stream.concat(Stream.of(module), classPath().stream())),
        "--add-modules",
        "ALL-MODULE-PATH,jdk.unsupported",
        "-m",
        "consumer/consumer.Consumer");

    assertThat(consume(options, "kelp")).isEqualTo("found: null");
    assertThat(consume(options, "sand")).isEqualTo("found: kelp");
  }

  private Path compileAsModule() throws IOException {
    Path descriptor = Files.writeString(directory.resolve("module-info.java"), """
        module consumer {
          requires io.holdfast.jcache;
          requires cache.api;
        }
        """);
    Path module = directory.resolve("module");
    int result = ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(
            System.out,
            System.err,
            "-d",
            module.toString(),
            "-p",
            joined(classPath().stream()),
            descriptor.toString(),
            PROJECT.resolve("src/main/java/consumer/Consumer.java").toString());
    assertThat(result).as("result of javac").isZero();
    return module;
  }

  /** Runs the program in a JVM of its own, and returns the line that it prints. */
  private String consume(List<String> options, String answer) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(directory.resolve("answers.db").toString());
    command.add(answer);
    Path errors = directory.resolve("errors.txt");

    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the JVM ends").isTrue();
    assertThat(process.exitValue()).as(() -> read(errors)).isZero();
    return printed;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no " + file + ": " + e;
    }
  }

  private static List<Path> classPath() throws IOException {
    String jars = Files.readString(PROJECT.resolve("target/class-path.txt")).strip();
    return Stream.of(jars.split(Pattern.quote(File.pathSeparator)))
        .map(Path::of)
        .toList();
  }

  private static String joined(Stream<Path> paths) {
    return String.join(File.pathSeparator, paths.map(Path::toString).toList());
  }
}
