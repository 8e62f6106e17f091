package martymsf.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/**
 * Main class of a plan's step: all partitions lie on these brokers and on no others. A few are moved at a time, so that clients keep their share of disks
 * and network; whoever stops it runs it again, and it goes on where it was.
 */
final class Move {
  private static final String USAGE = "expected <admin.properties> <id>[,<id>]... [--wait <seconds>] [--dry-run]";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int AT_ONCE = 10;

  private Move() {}

  public static void main(String[] arguments) {
    Program.run("move", () -> run(arguments));
  }

  private static void run(String[] arguments) throws Stop, InterruptedException {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean dryRun = words.remove("--dry-run");
    int wait = words.indexOf("--wait");
    boolean waits = wait == 2 && words.size() == 4 && words.get(3).matches("\\d{1,9}");
    if (words.size() != 2 && !waits || !words.get(1).matches("\\d{1,9}(,\\d{1,9})*")) throw Stop.usage(USAGE);
    Set<Integer> brokers = Arrays.stream(words.get(1).split(",")).map(Integer::valueOf).collect(Collectors.toSet());
    Deadline deadline = Deadline.in(Duration.ofSeconds(waits ? Integer.parseInt(words.get(3)) : 3600));
    Properties settings = PropertiesFile.read(Path.of(words.get(0)));
    try (Cluster cluster = Cluster.open(settings, PATIENCE)) {
      settle(cluster, deadline);
      SortedMap<Integer, String> zones = zones(cluster, brokers);
      Map<TopicPartition, List<Integer>> changes = Spread.changes(copies(cluster), zones);
      if (dryRun) changes.forEach((partition, copies) -> System.out.println(partition + ": " + copies));
      else move(cluster, zones, changes, deadline);
    }
  }

  /** Topics that are made meanwhile may lie elsewhere again. */
  private static void move(Cluster cluster, SortedMap<Integer, String> zones, Map<TopicPartition, List<Integer>> first, Deadline deadline)
      throws Stop, InterruptedException {
    Map<TopicPartition, List<Integer>> changes = first;
    int moved = 0;
    while (!changes.isEmpty()) {
      List<TopicPartition> all = new ArrayList<>(changes.keySet());
      for (int from = 0; from < all.size(); from += AT_ONCE) {
        Map<TopicPartition, Optional<NewPartitionReassignment>> some = new HashMap<>();
        for (TopicPartition each : all.subList(from, Math.min(all.size(), from + AT_ONCE))) {
          some.put(each, Optional.of(new NewPartitionReassignment(changes.get(each))));
        }
        cluster.answer(cluster.admin.alterPartitionReassignments(some).all());
        settle(cluster, deadline);
        moved += some.size();
        System.out.println("moved " + moved + " partitions, " + (all.size() - Math.min(all.size(), from + AT_ONCE)) + " to go");
      }
      lead(cluster, new HashSet<>(all));
      changes = Spread.changes(copies(cluster), zones);
    }
    System.out.println("all partitions are on brokers " + zones.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  /** Waits until nothing is on its way. */
  private static void settle(Cluster cluster, Deadline deadline) throws Stop, InterruptedException {
    while (true) {
      Set<TopicPartition> moving = cluster.answer(cluster.admin.listPartitionReassignments().reassignments()).keySet();
      if (moving.isEmpty()) return;
      if (deadline.passed()) throw Stop.unreachable("partitions: " + moving.size() + " are still on their way, which goes on; run this again to wait for them");
      deadline.pause(PAUSE);
    }
  }

  /** Kafka does so by itself some minutes later; where it is not possible now it will be then. */
  private static void lead(Cluster cluster, Set<TopicPartition> partitions) throws Stop, InterruptedException {
    cluster.answer(cluster.admin.electLeaders(ElectionType.PREFERRED, partitions).partitions());
  }

  private static SortedMap<Integer, String> zones(Cluster cluster, Set<Integer> wanted) throws Stop, InterruptedException {
    SortedMap<Integer, String> zones = new TreeMap<>();
    // A broker without a zone is one of its own.
    for (Node node : cluster.answer(cluster.admin.describeCluster().nodes())) {
      if (wanted.contains(node.id())) zones.put(node.id(), node.rack() == null ? "broker " + node.id() : node.rack());
    }
    List<Integer> missing = wanted.stream().filter(id -> !zones.containsKey(id)).sorted().toList();
    if (!missing.isEmpty()) throw Stop.refused("brokers: " + missing + " are not in the cluster, expected all to run; wait until they are ready");
    return zones;
  }

  private static Map<TopicPartition, List<Integer>> copies(Cluster cluster) throws Stop, InterruptedException {
    Set<String> topics = cluster.answer(cluster.admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
    Map<TopicPartition, List<Integer>> copies = new HashMap<>();
    cluster.answer(cluster.admin.describeTopics(topics).allTopicNames()).values().forEach(topic -> topic.partitions()
        .forEach(partition -> copies.put(new TopicPartition(topic.name(), partition.partition()), partition.replicas().stream().map(Node::id).toList())));
    return copies;
  }
}
