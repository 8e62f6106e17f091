package martymsf.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/** A broker may be restarted when every partition keeps a leader and enough in-sync replicas without it, and no other is behind. */
final class BrokerGate {
  private static final int ANSWER_MS = 5_000;

  /** The gravest first, since not all are printed. */
  private enum Weight { LOST, NEVER, NOT_NOW }

  private record Reason(Weight weight, String text) {}

  private BrokerGate() {}

  static List<String> reasons(Cluster cluster, int broker) throws Stop, InterruptedException {
    List<Reason> reasons = silentBrokers(cluster, broker);
    Set<String> names = cluster.answer(cluster.admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
    Map<String, TopicDescription> topics = new TreeMap<>(cluster.answer(cluster.admin.describeTopics(names).allTopicNames()));
    Map<String, Integer> minInSync = minInSync(cluster, names);
    for (TopicDescription topic : topics.values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        judge(topic.name() + "-" + partition.partition(), partition, minInSync.get(topic.name()), broker, reasons);
      }
    }
    return reasons.stream().sorted(Comparator.comparing(Reason::weight)).map(Reason::text).toList();
  }

  /** One reason for a partition, the gravest that it gives. */
  private static void judge(String name, TopicPartitionInfo partition, int minInSync, int broker, List<Reason> reasons) {
    if (partition.leader() == null || partition.leader().isEmpty()) {
      reasons.add(new Reason(Weight.LOST, name + ": has no leader, expected one; start the broker that was in sync last"));
      return;
    }
    Set<Integer> inSync = ids(partition.isr());
    Set<Integer> behind = ids(partition.replicas());
    behind.removeAll(inSync);
    behind.remove(broker);
    boolean counts = inSync.remove(broker);
    int copies = partition.replicas().size();
    if (counts && copies <= minInSync) {
      reasons.add(new Reason(Weight.NEVER, name + ": replication factor is " + copies + ", expected more than min.insync.replicas, " + minInSync
          + "; it can never pass: raise the one or lower the other"));
    } else if (counts && inSync.size() < minInSync) {
      reasons.add(new Reason(Weight.NOT_NOW, name + ": in-sync replicas without broker " + broker + " are " + inSync.size()
          + ", expected >= " + minInSync + " (min.insync.replicas); wait for " + (behind.isEmpty() ? "others" : "broker " + list(behind))));
    } else if (!behind.isEmpty()) {
      reasons.add(new Reason(Weight.NOT_NOW, name + ": replicas on broker " + list(behind) + " are not in sync, expected all but that on broker "
          + broker + "; wait for them"));
    }
  }

  /**
   * A broker that died counts as in sync until its session has expired, so each is asked something that only it can answer.
   */
  private static List<Reason> silentBrokers(Cluster cluster, int broker) throws Stop, InterruptedException {
    Map<Integer, KafkaFuture<?>> questions = new TreeMap<>();
    for (Node node : cluster.answer(cluster.admin.describeCluster().nodes())) {
      ConfigResource own = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
      DescribeConfigsOptions options = new DescribeConfigsOptions().timeoutMs(ANSWER_MS);
      if (node.id() != broker) questions.put(node.id(), cluster.admin.describeConfigs(List.of(own), options).all());
    }
    List<Reason> reasons = new ArrayList<>();
    for (Map.Entry<Integer, KafkaFuture<?>> question : questions.entrySet()) {
      try {
        cluster.answer(question.getValue());
      } catch (Stop stop) {
        String text = "broker " + question.getKey() + ": does not answer, expected every other broker to; wait for it, or start it";
        reasons.add(new Reason(Weight.LOST, text));
      }
    }
    return reasons;
  }

  private static Map<String, Integer> minInSync(Cluster cluster, Set<String> topics) throws Stop, InterruptedException {
    List<ConfigResource> resources = topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Config> configs = cluster.answer(cluster.admin.describeConfigs(resources).all());
    Map<String, Integer> found = new TreeMap<>();
    configs.forEach((topic, config) -> found.put(topic.name(), Integer.parseInt(config.get("min.insync.replicas").value())));
    return found;
  }

  private static Set<Integer> ids(Collection<Node> nodes) {
    return nodes.stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String list(Set<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
