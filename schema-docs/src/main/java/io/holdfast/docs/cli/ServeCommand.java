package io.holdfast.docs.cli;

import io.holdfast.docs.describe.BuiltInWriter;
import io.holdfast.docs.describe.DescriptionWriter;
import io.holdfast.docs.llm.ChatEndpoint;
import io.holdfast.docs.llm.ModelWriter;
import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.run.Books;
import io.holdfast.docs.run.DocumentationCache;
import io.holdfast.docs.run.RunException;
import io.holdfast.docs.serve.AdminToken;
import io.holdfast.docs.serve.ChatModel;
import io.holdfast.docs.serve.ConnectionSource;
import io.holdfast.docs.serve.DocumentationService;
import io.holdfast.docs.serve.ServiceSettings;
import io.holdfast.docs.serve.Tenant;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast serve}: the documentation over HTTP, until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Serves the documentation of one or several databases over HTTP: a page at /, and an interface for"
          + " programs under /api. What has the same structure comes from the cache.",
      "",
      "The password is read from the environment variable " + Login.PASSWORD_VARIABLE
          + ", that of a connection with a name from " + Login.PASSWORD_VARIABLE
          + "_NAME. The key for --llm-url is read from " + ChatEndpoint.API_KEY_VARIABLE
          + ". With --llm-url the structure of tables, questions and, without --no-values, values from"
          + " the rows are sent to that server.",
      "",
      "Whoever reaches the address can read everything that is served. It is the loopback unless --host"
          + " says otherwise."
    },
    exitCodeOnExecutionException = HoldfastCommand.WRONG)
final class ServeCommand implements Callable<Integer> {

  private static final long CLOSING_SECONDS = 20;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      required = true,
      paramLabel = "[NAME=]URL",
      description = "A database's JDBC URL; several with a name each, whose answers never mix.")
  private List<String> urls = List.of();

  @Option(
      names = "--user",
      paramLabel = "[NAME=]USER",
      description = "Who to log in as, for all connections or for the one of that name.")
  private List<String> users = List.of();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen at. Default: ${DEFAULT-VALUE}, this machine only.")
  private String host = ServiceSettings.DEFAULT.host();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port, 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port = ServiceSettings.DEFAULT.port();

  @Option(
      names = "--cache",
      paramLabel = "FILE",
      description = "The cache file. Default: ${DEFAULT-VALUE}.")
  private Path cache = Path.of("holdfast.db");

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Keep the drifts in this file, too; see holdfast journal.")
  private String journal = "";

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      description = "How often to ask for changes, such as 200ms or 5s. Default: ${DEFAULT-VALUE}.")
  private String poll = "1s";

  @Option(
      names = "--admin-token-file",
      paramLabel = "FILE",
      description = "Its first line lets who knows it empty the cache. Default: nobody can.")
  private @Nullable Path adminTokenFile;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = "Requests that may wait for a database or a model at once. Default:"
          + " ${DEFAULT-VALUE}.")
  private int maxRequests = ServiceSettings.DEFAULT.maxConcurrent();

  @Mixin
  private ProfileOptions profile = new ProfileOptions();

  @ArgGroup(
      exclusive = false,
      heading =
          "%nA model for the chat, and for the explanations instead of the built-in writer:%n")
  private @Nullable ModelOptions model;

  @Mixin
  private BookOptions bookOptions = new BookOptions();

  @Mixin
  private OtherWordsOptions otherWords = new OtherWordsOptions();

  @Override
  public Integer call() throws InterruptedException {
    ServiceSettings settings = settings();
    Map<String, Login> logins = logins();
    ProfileSettings profileSettings = profile.settings(spec.commandLine());
    Books books = bookOptions.books();
    ChatEndpoint endpoint = endpoint();
    DescriptionWriter writer = endpoint == null ? new BuiltInWriter() : new ModelWriter(endpoint);
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    try (DocumentationCache documents = DocumentationCache.open(cache, books);
        var tenants = new OpenTenants()) {
      for (Map.Entry<String, Login> login : logins.entrySet()) {
        tenants.add(Tenant.open(
            login.getKey(), source(login.getValue()), documents, writer, profileSettings));
      }
      ChatModel chat = endpoint == null ? null : chatModel(endpoint, books, documents);
      try (DocumentationService service =
          DocumentationService.start(settings, tenants.all, documents, chat)) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, stopped), "holdfast-stop"));
        announce(service, settings.isLoopback());
        stop.await();
      }
      return 0;
    } catch (RunException e) {
      throw new UserError(e.getMessage(), e);
    } catch (SQLException e) {
      // Any other message might quote the URL.
      throw e.getCause() instanceof UserError mistake
          ? mistake
          : new UserError("The database fails (SQL state " + e.getSQLState() + ").", e);
    } catch (IOException e) {
      throw new UserError("The service " + e.getMessage() + ".", e);
    } finally {
      otherWords.close();
      stopped.countDown();
    }
  }

  /** In the JVM's shutdown: lets the command close what it opened, and waits for it. */
  private static void end(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce(DocumentationService service, boolean loopback) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("Listening at " + service.address() + " until Ctrl-C.");
    if (!loopback) {
      err.println("This is no loopback address: whoever reaches it can read what is served.");
    }
    err.flush();
  }

  private ConnectionSource source(Login login) {
    Map<String, String> options = Map.of("poll", poll, "journal", journal);
    return () -> {
      try {
        return login.connectUnattended(options);
      } catch (UserError e) {
        throw new SQLException(e.getMessage(), "08001", e);
      }
    };
  }

  private Map<String, Login> logins() {
    var userOf = new HashMap<String, String>();
    users.stream().map(NamedUrl::parse).forEach(user -> userOf.put(user.name(), user.value()));
    var logins = new LinkedHashMap<String, Login>();
    for (String text : urls) {
      NamedUrl url = NamedUrl.parse(text);
      String user = userOf.getOrDefault(url.name(), userOf.getOrDefault(Tenant.UNNAMED, ""));
      var login = new Login(url.value(), user, /* ask= */ false, url.passwordVariable());
      if (logins.put(url.name(), login) != null) {
        throw new ParameterException(
            spec.commandLine(), "Each --url needs a name of its own, as in --url shop=jdbc:….");
      }
    }
    return logins;
  }

  private @Nullable ChatEndpoint endpoint() {
    if (model == null && otherWords.isAskedFor()) {
      throw new ParameterException(
          spec.commandLine(), "--judged-pairs is for the chat, which needs --llm-url.");
    }
    return model == null ? null : model.endpoint(spec.commandLine());
  }

  private ChatModel chatModel(ChatEndpoint endpoint, Books books, DocumentationCache documents) {
    return new ChatModel(
        endpoint,
        books,
        otherWords.isAskedFor()
            ? otherWords.stage(documents.evidence(), spec.commandLine().getErr())
            : null);
  }

  private ServiceSettings settings() {
    try {
      return new ServiceSettings(
          host,
          port,
          maxRequests,
          ServiceSettings.DEFAULT.maxBodyBytes(),
          ServiceSettings.DEFAULT.bodyTime(),
          adminToken());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
    }
  }

  private @Nullable AdminToken adminToken() {
    if (adminTokenFile == null) {
      return null;
    }
    try {
      String first = Files.readString(adminTokenFile).lines().findFirst().orElse("");
      return new AdminToken(first.strip());
    } catch (IOException e) {
      throw new UserError("Cannot read the admin token from " + adminTokenFile + ".", e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "The first line of " + adminTokenFile + " must have at least " + AdminToken.MIN_CHARS
              + " characters.",
          e);
    }
  }

  /** Closes them all. */
  private static final class OpenTenants implements AutoCloseable {
    private final List<Tenant> all = new ArrayList<>();

    void add(Tenant tenant) {
      all.add(tenant);
    }

    @Override
    public void close() {
      all.forEach(Tenant::close);
    }
  }
}
