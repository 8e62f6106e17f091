package martymsf.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this node is meant to be, from the very file that Kafka was started with. Its MBeans cannot tell: of a combined node the
 * controller's are there first, and it would be taken for a controller that is ready.
 */
final class NodeRoles {
  private final String config;
  private Set<String> known = Set.of();

  NodeRoles(String config) {
    this.config = config;
  }

  /** Of {@code broker} and {@code controller} those that it is; empty while that cannot be read. */
  synchronized Set<String> roles() {
    if (known.isEmpty()) known = read(config.isEmpty() ? configOfCommandLine() : config);
    return known;
  }

  /** The JVM keeps the main class and its arguments there; the first argument of kafka.Kafka is its file. */
  private static String configOfCommandLine() {
    String[] words = System.getProperty("sun.java.command", "").split(" ");
    return words.length > 1 ? words[1] : "";
  }

  private static Set<String> read(String file) {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(Path.of(file))) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException unreadable) {
      return Set.of();
    }
    return Arrays.stream(properties.getProperty("process.roles", "").split(","))
        .map(String::strip)
        .filter(role -> role.equals("broker") || role.equals("controller"))
        .collect(Collectors.toSet());
  }
}
