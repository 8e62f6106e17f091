package martymsf.kafka;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * How far every group has come in every partition, and how far these go. Names of metrics are those of the exporters that people have
 * dashboards for. What a broker does not tell is left out and counted, so that the rest is known while one is away.
 */
final class LagRound {
  /** @param failures groups, topics and partitions that nothing could be learnt of */
  record Result(String numbers, int failures) {}

  private final Cluster cluster;
  private final MetricText text = new MetricText();
  private int failures;

  LagRound(Cluster cluster) {
    this.cluster = cluster;
  }

  Result ask() throws Stop, InterruptedException {
    gauge("kafka_brokers", Map.of(), cluster.answer(cluster.admin.describeCluster().nodes()).size());
    // Before the ends, since a group that commits in between would be ahead of them.
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed();
    Map<TopicPartition, Long> ends = ends();
    ends.forEach((partition, end) -> gauge("kafka_topic_partition_current_offset", labels(null, partition), end));
    committed.forEach((group, offsets) -> offsets.forEach((partition, offset) -> add(group, partition, offset, ends.get(partition))));
    return new Result(text.text(), failures);
  }

  private void add(String group, TopicPartition partition, OffsetAndMetadata committed, Long end) {
    // Null for a partition in which the group has committed nothing yet.
    if (committed == null) return;
    Map<String, String> labels = labels(group, partition);
    gauge("kafka_consumergroup_current_offset", labels, committed.offset());
    // What was cut off by an unclean election lies behind the end.
    if (end != null) gauge("kafka_consumergroup_lag", labels, Math.max(0, end - committed.offset()));
  }

  /** Kafka 3.9 knows no other name for this; that it goes with Kafka 5 changes nothing before. */
  @SuppressWarnings({"deprecation", "removal"})
  private Map<String, ListConsumerGroupOffsetsSpec> groups() throws Stop, InterruptedException {
    var listed = cluster.admin.listConsumerGroups();
    Map<String, ListConsumerGroupOffsetsSpec> groups = new TreeMap<>();
    cluster.answer(listed.valid()).forEach(group -> groups.put(group.groupId(), new ListConsumerGroupOffsetsSpec()));
    failures += cluster.answer(listed.errors()).size();
    return groups;
  }

  private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed() throws Stop, InterruptedException {
    Map<String, ListConsumerGroupOffsetsSpec> groups = groups();
    if (groups.isEmpty()) return Map.of();
    ListConsumerGroupOffsetsResult offsets = cluster.admin.listConsumerGroupOffsets(groups);
    Map<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> futures = new TreeMap<>();
    groups.keySet().forEach(group -> futures.put(group, offsets.partitionsToOffsetAndMetadata(group)));
    answers(cluster.admin.describeConsumerGroups(groups.keySet()).describedGroups())
        .forEach((group, description) -> gauge("kafka_consumergroup_members", labels(group, null), description.members().size()));
    return answers(futures);
  }

  /** Of every partition that has a leader: for others Kafka's client would wait until its time is over. */
  private Map<TopicPartition, Long> ends() throws Stop, InterruptedException {
    Map<TopicPartition, OffsetSpec> led = new HashMap<>();
    for (TopicDescription topic : answers(cluster.admin.describeTopics(cluster.answer(cluster.admin.listTopics().names())).topicNameValues()).values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        if (partition.leader() == null || partition.leader().isEmpty()) failures++;
        else led.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    ListOffsetsResult result = cluster.admin.listOffsets(led);
    Map<TopicPartition, KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo>> futures = new HashMap<>();
    led.keySet().forEach(partition -> futures.put(partition, result.partitionResult(partition)));
    Map<TopicPartition, Long> ends = new HashMap<>();
    answers(futures).forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  private <K, V> Map<K, V> answers(Map<K, KafkaFuture<V>> futures) throws InterruptedException {
    Map<K, V> answers = new LinkedHashMap<>();
    for (Map.Entry<K, KafkaFuture<V>> future : futures.entrySet()) {
      try {
        answers.put(future.getKey(), cluster.answer(future.getValue()));
      } catch (Stop missing) {
        failures++;
      }
    }
    return answers;
  }

  private static Map<String, String> labels(String group, TopicPartition partition) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (group != null) labels.put("consumergroup", group);
    if (partition != null) {
      labels.put("topic", partition.topic());
      labels.put("partition", String.valueOf(partition.partition()));
    }
    return labels;
  }

  private void gauge(String name, Map<String, String> labels, long value) {
    text.add(name, "gauge", MetricText.labels(labels), value);
  }
}
