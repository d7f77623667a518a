package io.kontor.app.command;

import io.kontor.app.DataDirectory;
import io.kontor.app.HubWiring;
import io.kontor.app.Settings;
import io.kontor.app.SettingsException;
import io.kontor.app.SettingsKey;
import io.kontor.app.SettingsReader;
import io.kontor.app.Wiring;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The program. Exit codes: 0 all is well, 1 something is not, 2 the command or the settings cannot
 * be understood.
 */
@Command(
    name = "kontor",
    description = "Keeps sales channels, Odoo and the books consistent to the cent.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Kontor.Version.class)
public final class Kontor {

  private static final int NOT_UNDERSTOOD = 2;
  private static final Path USUAL_FILE = Path.of("kontor.properties");

  private final Wiring wiring;
  private final Map<String, String> environment;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The data directory (or KONTOR_DATA; by default data).")
  private Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The settings file (by default kontor.properties, if there is one).")
  private Path config;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print for machines.")
  private boolean json;

  Kontor(Wiring wiring, Map<String, String> environment) {
    this.wiring = wiring;
    this.environment = Map.copyOf(environment);
  }

  public static void main(String[] arguments) {
    Wiring wiring = new HubWiring(Clock.systemUTC());
    // The broker's client leaves idle threads behind that would hold the process for a minute.
    System.exit(commandLine(wiring, System.getenv()).execute(arguments));
  }

  /** The command line over hubs of this wiring, in that environment. */
  public static CommandLine commandLine(Wiring wiring, Map<String, String> environment) {
    Kontor kontor = new Kontor(wiring, environment);
    CommandLine line = new CommandLine(kontor);
    commands(kontor).forEach(line::addSubcommand);
    line.addSubcommand(new CommandLine.HelpCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    Typed.register(line);
    line.setExecutionExceptionHandler(
        (thrown, failed, parsed) -> {
          failed.getErr().println(PlainText.of(explained(thrown)));
          if (Boolean.getBoolean("kontor.trace")) {
            thrown.printStackTrace(failed.getErr());
          }
          return thrown instanceof SettingsException ? NOT_UNDERSTOOD : 1;
        });
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    return line;
  }

  private static List<Subcommand> commands(Kontor kontor) {
    return List.of(
        new RunCommand(kontor),
        new DemoCommand(kontor),
        new ImportCommand(kontor),
        new SettleCommand(kontor),
        new VerifyCommand(kontor),
        new SettlementsCommand(kontor),
        new OpenOrdersCommand(kontor),
        new WriteOffCommand(kontor),
        new JournalCommand(kontor),
        new DeskCommand(kontor),
        new BatchesCommand(kontor),
        new PeriodsCommand(kontor),
        new ApproveCommand(kontor),
        new RejectCommand(kontor),
        new StatusCommand(kontor),
        new ReplayCommand(kontor),
        new RedeliverCommand(kontor),
        new BenchCommand(kontor));
  }

  Wiring wiring() {
    return wiring;
  }

  /** What of a failure a person at a terminal needs: the JDK names a file and not what is wrong. */
  static String explained(Exception thrown) {
    if (thrown instanceof NoSuchFileException missing) {
      return "There is no file or folder " + missing.getFile();
    }
    if (thrown instanceof AccessDeniedException denied) {
      return "%s may not be read or written by you: be its owner, or give yourself the right to"
          .formatted(denied.getFile());
    }
    if (thrown instanceof UncheckedIOException wrapper) {
      return explained(wrapper.getCause());
    }
    return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
  }

  /** Reads the settings and finds the hub that may be running. */
  Invocation invocation(CommandLine line) {
    Map<String, String> given = new HashMap<>();
    if (data != null) {
      given.put(SettingsKey.DATA.key(), data.toString());
    }
    if (config != null && (!Files.isReadable(config) || Files.isDirectory(config))) {
      throw new IllegalArgumentException("There is no settings file " + config);
    }
    Path file = config == null && Files.isReadable(USUAL_FILE) ? USUAL_FILE : config;
    Settings settings =
        SettingsReader.read(Optional.ofNullable(file), environment, given, line.getErr()::println);
    if (Files.exists(settings.data()) && !Files.isDirectory(settings.data())) {
      throw new IllegalArgumentException(
          "%s is a file: name a data directory by --data or KONTOR_DATA"
              .formatted(settings.data()));
    }
    // Before the first logger is made, which would otherwise open its file elsewhere.
    System.setProperty("kontor.log", settings.data().resolve("log").toString());
    return new Invocation(
        settings,
        environment,
        DataDirectory.runningHub(settings.data()),
        json,
        json ? line.getOut() : PlainText.to(line.getOut()));
  }

  /** The version of the build. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Kontor.class.getPackage().getImplementationVersion();
      return new String[] {"kontor " + (version == null ? "(from source)" : version)};
    }
  }
}
