package conformance;

import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads everything that a run has sent to a topic, and compares it with what was acknowledged.
 * Arguments: properties, topic, run, file of acknowledged messages, seconds at most.
 */
public final class Verify {
  private static final int EXAMPLES = 10;

  private final Map<String, BitSet> seen = new HashMap<>();
  private final Map<String, Integer> newest = new HashMap<>();
  private final List<String> examples = new ArrayList<>();
  private long read;
  private long duplicated;
  private long outOfOrder;

  private Verify() {}

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    try (FileInputStream in = new FileInputStream(arguments[0])) {
      settings.load(in);
    }
    Map.of("enable.auto.commit", "false", "auto.offset.reset", "earliest", "default.api.timeout.ms", "30000", "isolation.level", "read_committed").forEach(settings::putIfAbsent);
    long deadline = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[4])).toNanos();
    Verify verify = new Verify();
    KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    boolean complete = verify.readAll(consumer, arguments[1], arguments[2], deadline);
    verify.compare(Path.of(arguments[3]), complete);
    Runtime.getRuntime().halt(0);
  }

  private boolean readAll(KafkaConsumer<String, String> consumer, String topic, String run, long deadline) {
    List<TopicPartition> partitions = consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (System.nanoTime() < deadline) {
      if (partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition))) return true;
      for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(500))) {
        String[] words = each.value().split(" ");
        if (words.length == 2 && words[0].equals(run)) see(each.key(), Integer.parseInt(words[1]));
      }
    }
    return false;
  }

  private void see(String key, int sequence) {
    read++;
    BitSet before = seen.computeIfAbsent(key, ignored -> new BitSet());
    if (before.get(sequence)) {
      duplicated++;
      example(key + " " + sequence + " twice");
    } else if (sequence < newest.getOrDefault(key, -1)) {
      outOfOrder++;
      example(key + " " + sequence + " after " + newest.get(key));
    }
    before.set(sequence);
    newest.merge(key, sequence, Math::max);
  }

  private void compare(Path file, boolean complete) throws Exception {
    long acked = 0;
    long lost = 0;
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        String[] words = line.split(" ");
        acked++;
        if (seen.getOrDefault(words[0], new BitSet()).get(Integer.parseInt(words[1]))) continue;
        lost++;
        example(line + " lost");
      }
    }
    System.out.println("{\"complete\":" + complete + ",\"read\":" + read + ",\"acked\":" + acked + ",\"lost\":" + lost + ",\"duplicated\":" + duplicated
        + ",\"outOfOrder\":" + outOfOrder + ",\"examples\":\"" + String.join("; ", examples) + "\"}");
    System.out.flush();
  }

  private void example(String text) {
    if (examples.size() < EXAMPLES) examples.add(text);
  }
}
