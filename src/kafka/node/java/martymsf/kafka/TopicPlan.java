package martymsf.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/** Topics: made, grown and configured. Nothing is ever made smaller or deleted, for that loses data. */
final class TopicPlan {
  /** Set by Kafka's own tool while it moves replicas: to remove them in the midst of it would flood the network. */
  private static final Set<String> NOT_OURS = Set.of("leader.replication.throttled.replicas", "follower.replication.throttled.replicas");

  private final Cluster cluster;
  private final Plan plan;
  private final boolean shared;

  TopicPlan(Cluster cluster, Plan plan, boolean shared) {
    this.cluster = cluster;
    this.plan = plan;
    this.shared = shared;
  }

  void add(List<Desired.Topic> topics) throws Stop, InterruptedException {
    Set<String> names = cluster.answer(cluster.admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
    List<String> present = topics.stream().map(Desired.Topic::name).filter(names::contains).toList();
    Map<String, TopicDescription> found = cluster.answer(cluster.admin.describeTopics(present).allTopicNames());
    Map<ConfigResource, Config> configs = cluster.answer(cluster.admin.describeConfigs(present.stream().map(TopicPlan::resource).toList()).all());
    for (Desired.Topic topic : topics) {
      if (!names.contains(topic.name())) create(topic);
      else if (!(grow(topic, found.get(topic.name())) | configure(topic, configs.get(resource(topic.name()))))) plan.keep();
    }
  }

  private void create(Desired.Topic topic) {
    NewTopic made = new NewTopic(topic.name(), topic.partitions(), (short) topic.replication()).configs(topic.configs());
    plan.change(
        "create topic " + topic.name() + " (partitions " + topic.partitions() + (topic.replication() < 0 ? "" : ", replication " + topic.replication()) + settings(topic.configs()) + ")",
        () -> cluster.admin.createTopics(List.of(made), new CreateTopicsOptions().validateOnly(true)).all(),
        () -> cluster.admin.createTopics(List.of(made)).all());
  }

  private boolean grow(Desired.Topic topic, TopicDescription found) {
    String subject = "topic " + topic.name();
    for (TopicPartitionInfo partition : found.partitions()) {
      int copies = partition.replicas().size();
      if (topic.replication() < 0 || copies == topic.replication()) continue;
      plan.problem(subject + ": replication of partition " + partition.partition() + " is " + copies + ", expected " + topic.replication()
          + "; move its replicas with kafka-reassign-partitions, then run this again");
      break;
    }
    int partitions = found.partitions().size();
    if (partitions == topic.partitions()) return false;
    if (partitions > topic.partitions()) {
      plan.problem(subject + ": partitions is " + partitions + ", expected " + topic.partitions()
          + "; partitions cannot be taken away: declare " + partitions + ", or another topic");
      return false;
    }
    Map<String, NewPartitions> raised = Map.of(topic.name(), NewPartitions.increaseTo(topic.partitions()));
    plan.change(
        "raise partitions of topic " + topic.name() + " from " + partitions + " to " + topic.partitions(),
        () -> cluster.admin.createPartitions(raised, new CreatePartitionsOptions().validateOnly(true)).all(),
        () -> cluster.admin.createPartitions(raised).all());
    return true;
  }

  private boolean configure(Desired.Topic topic, Config found) {
    Map<String, String> set = new TreeMap<>(topic.configs());
    List<String> removed = new ArrayList<>();
    for (ConfigEntry entry : found.entries()) {
      if (entry.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) continue;
      String wanted = topic.configs().get(entry.name());
      if (wanted == null && !shared && !NOT_OURS.contains(entry.name())) removed.add(entry.name());
      else if (wanted != null && isSame(entry, wanted)) set.remove(entry.name());
    }
    if (set.isEmpty() && removed.isEmpty()) return false;
    removed.sort(null);
    Collection<AlterConfigOp> operations = new ArrayList<>();
    set.forEach((key, value) -> operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
    removed.forEach(key -> operations.add(new AlterConfigOp(new ConfigEntry(key, ""), AlterConfigOp.OpType.DELETE)));
    Map<ConfigResource, Collection<AlterConfigOp>> altered = Map.of(resource(topic.name()), operations);
    plan.change(
        "configure topic " + topic.name() + " (" + (settings(set) + removals(removed)).substring(2) + ")",
        () -> cluster.admin.incrementalAlterConfigs(altered, new AlterConfigsOptions().validateOnly(true)).all(),
        () -> cluster.admin.incrementalAlterConfigs(altered).all());
    return true;
  }

  /** Kafka gives a value back in its own notation, which is not always the one it was set in. */
  private static boolean isSame(ConfigEntry entry, String wanted) {
    return notation(entry.type(), entry.value()).equals(notation(entry.type(), wanted));
  }

  private static String notation(ConfigEntry.ConfigType type, String value) {
    String text = value == null ? "" : value.strip();
    try {
      return switch (type) {
        case INT, LONG, SHORT -> String.valueOf(Long.parseLong(text));
        case DOUBLE -> String.valueOf(Double.parseDouble(text));
        case BOOLEAN -> text.toLowerCase(Locale.ROOT);
        case LIST -> Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.joining(","));
        default -> text;
      };
    } catch (NumberFormatException wrong) {
      // Kafka refuses it in the trial, in its own words.
      return text;
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static String settings(Map<String, String> configs) {
    return new TreeMap<>(configs).entrySet().stream().map(entry -> ", " + entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining());
  }

  private static String removals(List<String> keys) {
    return keys.stream().map(key -> ", remove " + key).collect(Collectors.joining());
  }
}
