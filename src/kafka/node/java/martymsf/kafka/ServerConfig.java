package martymsf.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The server.properties of one node: that of its role, with the node's own name, id and rack filled in. */
final class ServerConfig {
  /** A number that follows from the id, such as the port of every node that leads to this one. */
  private static final Pattern SUM = Pattern.compile("\\{id\\+(\\d{1,6})\\}");

  private final String text;
  private final Properties properties;

  private ServerConfig(String text, Properties properties) {
    this.text = text;
    this.properties = properties;
  }

  static ServerConfig of(Path template, NodeName node) throws Stop {
    String source = PropertiesFile.text(template);
    if (source.contains("{rack}") && node.rack().isEmpty()) {
      throw Stop.usage("environment: RACK is missing, expected the zone that " + template + " asks for; set it in the pod");
    }
    String text = SUM.matcher(source).replaceAll(sum -> String.valueOf(node.id() + Integer.parseInt(sum.group(1))))
        .replace("{pod}", node.pod()).replace("{id}", String.valueOf(node.id())).replace("{rack}", node.rack());
    ServerConfig config = new ServerConfig(text, PropertiesFile.parse(text, template));
    String id = config.properties.getProperty("node.id", "");
    if (!id.strip().equals(String.valueOf(node.id()))) {
      throw Stop.usage(template + ": node.id is '" + id + "', expected " + node.id() + "; write node.id={id}");
    }
    return config;
  }

  boolean isController() {
    return roles().contains("controller");
  }

  /** One folder: with several, a lost disk could not be told from a new one. */
  Path logDir() throws Stop {
    String several = properties.getProperty("log.dirs", properties.getProperty("log.dir", "")).strip();
    if (several.isEmpty() || several.contains(",") || properties.containsKey("metadata.log.dir")) {
      throw Stop.usage("server.properties: log.dirs is '" + several + "', expected one folder, for metadata too; name one volume");
    }
    return Path.of(several);
  }

  /** Moved into place, so that Kafka never reads half a file, whenever the pod is stopped. */
  void write(Path output) throws Stop {
    Path draft = output.resolveSibling(output.getFileName() + ".draft");
    try {
      Files.writeString(draft, text);
      Files.move(draft, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw Stop.usage(output + ": cannot be written (" + failed + "); see to its mount and permissions");
    }
  }

  private Set<String> roles() {
    return Arrays.stream(properties.getProperty("process.roles", "").split(",")).map(String::strip).collect(Collectors.toSet());
  }
}
