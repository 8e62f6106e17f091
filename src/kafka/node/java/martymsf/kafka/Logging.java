package martymsf.kafka;

/** Keeps Kafka's own logging out of what these programs print: what matters of it comes back as a reason. */
final class Logging {
  private Logging() {}

  /** Leaves the log alone where somebody configured it on the command line, to look for a fault. */
  static void silence() {
    if (System.getProperty("log4j2.configurationFile") == null) setIfAbsent("log4j2.level", "OFF");
    if (System.getProperty("log4j.configuration") == null) silenceLog4j1();
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) System.setProperty(key, value);
  }

  /** Kafka 3.9 logs by reload4j, which has no property for its level; Kafka 4 has no such class. */
  private static void silenceLog4j1() {
    try {
      Class<?> level = Class.forName("org.apache.log4j.Level");
      Object root = Class.forName("org.apache.log4j.Logger").getMethod("getRootLogger").invoke(null);
      root.getClass().getMethod("setLevel", level).invoke(root, level.getField("OFF").get(null));
    } catch (ReflectiveOperationException absent) {
      // Another logging library: it prints what it prints.
    }
  }
}
