package martymsf.kafka;

/**
 * Answers the probes and the scrapes of a node from inside its own JVM, where the truth is: an open port says nothing about a
 * quorum, and a JVM started for every probe costs a fifth of a core.
 */
public final class Agent {
  private Agent() {}

  /** Called by the JVM before Kafka's own main class; whatever goes wrong here must leave Kafka alone. */
  public static void premain(String options) {
    // The port is opened by a thread of its own: Kafka waits for nothing, and everything that follows is a daemon as its parent is.
    Thread starter = new Thread(() -> start(options), "marty-agent");
    starter.setDaemon(true);
    starter.start();
  }

  private static void start(String text) {
    try {
      AgentOptions options = AgentOptions.parse(text);
      Beans beans = new Beans();
      Readiness readiness = new Readiness(beans, new NodeRoles(options.config()));
      MetricsPage metrics = new MetricsPage(beans);
      new HttpEndpoint(path -> switch (path) {
        case "/live" -> Answer.text(200, "alive\n");
        case "/ready" -> readiness.answer();
        case "/metrics" -> metrics.answer();
        default -> Answer.text(404, "not found, expected /live, /ready or /metrics\n");
      }).open(options.host(), options.port());
    } catch (Throwable failed) {
      System.err.println("agent: does not run, so this node will never be ready (" + failed + ")");
    }
  }
}
