package conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileInputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes a topic, sends messages, and lets groups stand so many messages before the end of each partition; the first of them has a
 * member, which is never seen to leave. Arguments: properties, topic, number of messages, and {@code group=behind} for each group.
 * Prints the end of each partition, as the brokers acknowledged it.
 */
public final class Behind {
  private static final Duration MOMENT = Duration.ofMillis(200);

  private Behind() {}

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    try (FileInputStream in = new FileInputStream(arguments[0])) {
      settings.load(in);
    }
    String topic = arguments[1];
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(topic, Optional.empty(), Optional.empty()))).all().get();
      Map<TopicPartition, Long> ends = send(settings, topic, Integer.parseInt(arguments[2]));
      for (int index = 3; index < arguments.length; index++) {
        String[] words = arguments[index].split("=");
        Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
        ends.forEach((partition, end) -> places.put(partition, new OffsetAndMetadata(end - Long.parseLong(words[1]))));
        admin.alterConsumerGroupOffsets(words[0], places).all().get();
      }
      join(settings, topic, arguments[3].split("=")[0]);
      Map<String, Long> printed = new TreeMap<>();
      ends.forEach((partition, end) -> printed.put(String.valueOf(partition.partition()), end));
      System.out.println(new ObjectMapper().writeValueAsString(printed));
      System.out.flush();
    }
    // Without a word, so that the member counts until its session is over.
    Runtime.getRuntime().halt(0);
  }

  private static Map<TopicPartition, Long> send(Properties settings, String topic, int messages) throws Exception {
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      int partitions = producer.partitionsFor(topic).size();
      Map<Integer, Future<RecordMetadata>> last = new HashMap<>();
      for (int number = 0; number < messages; number++) {
        int partition = number % partitions;
        last.put(partition, producer.send(new ProducerRecord<>(topic, partition, "behind", String.valueOf(number))));
      }
      for (Future<RecordMetadata> sent : last.values()) ends.put(new TopicPartition(topic, sent.get().partition()), sent.get().offset() + 1);
    }
    return ends;
  }

  private static void join(Properties settings, String topic, String group) {
    Properties own = new Properties();
    own.putAll(settings);
    own.putAll(Map.of("group.id", group, "enable.auto.commit", "false"));
    KafkaConsumer<String, String> consumer = new KafkaConsumer<>(own, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of(topic));
    for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); consumer.assignment().isEmpty() && System.nanoTime() < end;) consumer.poll(MOMENT);
  }
}
