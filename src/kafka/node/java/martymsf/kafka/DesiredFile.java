package martymsf.kafka;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclBinding;

/** Reads the file that says what a cluster shall have, and finds every problem that it has by itself. */
final class DesiredFile {
  private static final Map<String, String> QUOTAS = new TreeMap<>(Map.of(
      "producerByteRate", "producer_byte_rate",
      "consumerByteRate", "consumer_byte_rate",
      "requestPercentage", "request_percentage",
      "controllerMutationRate", "controller_mutation_rate"));
  private static final Set<String> QUOTA_FIELDS = union(QUOTAS.keySet(), "user");
  private static final Set<String> FIELDS = Set.of("topics", "users", "acls", "quotas", "principals", "shared");

  private final List<String> problems = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private DesiredFile() {}

  static Desired read(Path file) throws Stop {
    DesiredFile reader = new DesiredFile();
    Desired desired = reader.desired(parse(file));
    if (!reader.problems.isEmpty()) throw Stop.refused(reader.problems);
    return desired;
  }

  private static JsonNode parse(Path file) throws Stop {
    try {
      return JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readTree(PropertiesFile.text(file));
    } catch (JsonProcessingException broken) {
      // Jackson appends its own idea of the source, in brackets.
      String text = Program.oneLine(broken.getOriginalMessage()).replaceFirst(" \\(for .*", "");
      JsonLocation at = broken.getLocation();
      throw Stop.refused(file + ": is not JSON (line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + text + "); correct the file");
    }
  }

  private Desired desired(JsonNode root) {
    JsonFields file = new JsonFields("file", root, problems, FIELDS);
    Set<String> principals = new TreeSet<>(file.texts("principals"));
    for (String principal : principals) {
      if (!principal.matches("User:.+")) file.problem("principals", "has '" + principal + "'", "User:<name>");
    }
    List<Desired.Topic> topics = new ArrayList<>();
    for (JsonNode node : file.items("topics")) topics.add(topic(node, topics.size()));
    List<Desired.User> users = new ArrayList<>();
    for (JsonNode node : file.items("users")) users.add(user(node, users.size()));
    Map<String, Map<String, Double>> quotas = new TreeMap<>();
    int index = 0;
    for (JsonNode node : file.items("quotas")) quota(node, index++, quotas);
    return new Desired(
        topics, users, file.has("acls") ? acls(file, principals) : null, file.has("quotas") ? quotas : null, principals, file.flag("shared"));
  }

  private Desired.Topic topic(JsonNode node, int index) {
    JsonFields fields = new JsonFields("topics[" + index + "]", node, problems, Set.of("name", "partitions", "replication", "configs"));
    String name = fields.text("name");
    if (!name.matches("[A-Za-z0-9._-]{0,249}") || name.equals(".") || name.equals("..")) {
      fields.problem("name", "is '" + name + "'", "at most 249 letters, digits, dots, dashes and underscores");
    }
    once(fields, "name", "topic " + name);
    int partitions = fields.whole("partitions", 1, 100_000);
    int replication = fields.has("replication") ? fields.whole("replication", 1, Short.MAX_VALUE) : -1;
    return new Desired.Topic(name, partitions, replication, fields.settings("configs"));
  }

  private Desired.User user(JsonNode node, int index) {
    JsonFields fields = new JsonFields("users[" + index + "]", node, problems, Set.of("name", "passwordFile"));
    String name = fields.text("name");
    once(fields, "name", "user " + name);
    return new Desired.User(name, Path.of(fields.text("passwordFile")));
  }

  private Set<AclBinding> acls(JsonFields file, Set<String> principals) {
    Set<AclBinding> bindings = new HashSet<>();
    int index = 0;
    for (JsonNode node : file.items("acls")) {
      AclEntryFields entry = new AclEntryFields(new JsonFields("acls[" + index++ + "]", node, problems, AclEntryFields.KNOWN));
      bindings.addAll(entry.bindings(principals));
    }
    return bindings;
  }

  private void quota(JsonNode node, int index, Map<String, Map<String, Double>> quotas) {
    JsonFields fields = new JsonFields("quotas[" + index + "]", node, problems, QUOTA_FIELDS);
    String user = fields.text("user");
    once(fields, "user", "quota " + user);
    Map<String, Double> limits = new TreeMap<>();
    QUOTAS.forEach((field, key) -> {
      Double limit = fields.number(field);
      if (limit != null) limits.put(key, limit);
    });
    quotas.put(user, limits);
  }

  private void once(JsonFields fields, String name, String what) {
    if (!seen.add(what)) fields.problem(name, "names " + what + " again", "each once");
  }

  private static Set<String> union(Set<String> names, String name) {
    Set<String> all = new TreeSet<>(names);
    all.add(name);
    return all;
  }
}
