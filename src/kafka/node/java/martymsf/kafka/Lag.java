package martymsf.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Main class of the pod that tells how far groups of consumers are behind. It asks the brokers by itself, so that a scrape neither
 * waits for them nor costs them anything.
 */
final class Lag {
  private static final String USAGE = "expected port=<number>,config=<client.properties>[,host=0.0.0.0]";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  /** A certificate is renewed long before its end; a client goes on with the one that it began with. */
  private static final Duration CLIENT = Duration.ofHours(1);

  private Lag() {}

  public static void main(String[] arguments) {
    Program.run("lag", () -> run(arguments));
  }

  private static void run(String[] arguments) throws Stop, InterruptedException {
    AgentOptions options = options(arguments);
    LagPage page = new LagPage();
    Thread asking = new Thread(() -> askForEver(Path.of(options.config()), page), "marty-lag");
    asking.setDaemon(true);
    asking.start();
    try {
      new HttpEndpoint(path -> switch (path) {
        case "/live" -> page.live();
        case "/ready" -> page.ready();
        case "/metrics" -> page.metrics();
        default -> Answer.text(404, "not found, expected /live, /ready or /metrics\n");
      }).open(options.host(), options.port());
    } catch (IOException taken) {
      throw Stop.usage("port " + options.port() + " cannot be opened (" + Program.oneLine(taken.getMessage()) + ")");
    }
  }

  private static AgentOptions options(String[] arguments) throws Stop {
    try {
      AgentOptions options = AgentOptions.parse(arguments.length == 1 ? arguments[0] : "");
      if (!options.config().isEmpty()) return options;
    } catch (IllegalArgumentException wrong) {
      // Told below.
    }
    throw Stop.usage(USAGE);
  }

  /** Ends only with the process; whatever goes wrong is told on the page, and tried again. */
  private static void askForEver(Path settings, LagPage page) {
    try {
      while (true) {
        askOneClient(settings, page);
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** One client after the other: each until something goes wrong, or it is old. */
  private static void askOneClient(Path settings, LagPage page) throws InterruptedException {
    try (Cluster cluster = Cluster.open(PropertiesFile.read(settings), PATIENCE)) {
      Deadline old = Deadline.in(CLIENT);
      while (true) {
        long start = System.nanoTime();
        page.tell(new LagRound(cluster).ask(), start);
        if (old.passed()) return;
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (Stop stop) {
      page.fail(stop.getMessage());
    } catch (RuntimeException | Error bug) {
      page.fail("unexpected " + bug);
    }
  }
}
