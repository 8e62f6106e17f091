package martymsf.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where to answer, and whose file to read: {@code port=9404[,host=0.0.0.0][,config=server.properties]}, as it stands behind the
 * {@code =} of {@code -javaagent}, or as the argument of a program that serves pages.
 *
 * @param config the server.properties of the node, or empty for the one on Kafka's own command line; of a program, its client's
 */
record AgentOptions(String host, int port, String config) {
  private static final Set<String> KNOWN = Set.of("host", "port", "config");

  static AgentOptions parse(String text) {
    Map<String, String> given = new HashMap<>();
    for (String part : text == null ? new String[0] : text.split(",")) {
      String[] pair = part.split("=", 2);
      if (pair.length != 2 || !KNOWN.contains(pair[0])) {
        throw new IllegalArgumentException("option is '" + part + "', expected port=, host= or config=");
      }
      given.put(pair[0], pair[1]);
    }
    int port = Integer.parseInt(given.getOrDefault("port", "9404"));
    return new AgentOptions(given.getOrDefault("host", "0.0.0.0"), port, given.getOrDefault("config", ""));
  }
}
