package conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Tries what clients may do, and tells by which exception they are refused. Argument: a file with a list of stages, each a list of
 * attempts that are made at once. Prints the list of what came of them.
 */
public final class Attempt {
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final Duration MOMENT = Duration.ofMillis(250);
  private static final int AT_ONCE = 6;
  private static final Map<String, Object> TRANSACTIONS = new ConcurrentHashMap<>();

  private final Map<String, Object> wanted;

  private Attempt(Map<String, Object> wanted) {
    this.wanted = wanted;
  }

  public static void main(String[] arguments) throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<List<Map<String, Object>>> stages = json.readValue(new File(arguments[0]), new TypeReference<>() {});
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    List<Map<String, Object>> results = new ArrayList<>();
    for (List<Map<String, Object>> stage : stages) {
      List<Future<Map<String, Object>>> running = stage.stream().map(each -> workers.submit(() -> new Attempt(each).make())).toList();
      for (Future<Map<String, Object>> each : running) results.add(each.get(90, TimeUnit.SECONDS));
    }
    System.out.println(json.writeValueAsString(results));
    System.out.flush();
    // A client that cannot reach its brokers must not keep the process.
    Runtime.getRuntime().halt(0);
  }

  private Map<String, Object> make() {
    Map<String, Object> result = new TreeMap<>(Map.of("name", text("name")));
    try {
      result.put("values", act());
      result.put("error", "");
    } catch (Throwable problem) {
      Throwable cause = innermost(problem);
      result.put("error", cause.getClass().getSimpleName());
      result.put("message", String.valueOf(cause.getMessage()));
    }
    return result;
  }

  private List<String> act() throws Exception {
    return switch (text("action")) {
      case "connect" -> withAdmin(admin -> admin.describeCluster().nodes().get().stream().map(node -> String.valueOf(node.id())).toList());
      case "quorum" -> withAdmin(admin -> List.of(String.valueOf(admin.describeMetadataQuorum().quorumInfo().get().leaderId())));
      case "list" -> withAdmin(admin -> admin.listTopics().names().get().stream().sorted().toList());
      case "create" -> withAdmin(admin -> {
        admin.createTopics(List.of(new NewTopic(text("topic"), Optional.empty(), Optional.empty()))).all().get();
        return List.of();
      });
      case "permissions" -> withAdmin(admin -> admin.describeAcls(AclBindingFilter.ANY).values().get().stream().map(String::valueOf).toList());
      case "produce" -> produce();
      case "transaction" -> transaction();
      case "consume" -> consume();
      case "group" -> group();
      case "read" -> read();
      default -> throw new IllegalArgumentException("action is " + text("action"));
    };
  }

  private interface Question {
    List<String> ask(Admin admin) throws Exception;
  }

  private List<String> withAdmin(Question question) throws Exception {
    try (Admin admin = Admin.create(settings())) {
      return question.ask(admin);
    }
  }

  private List<String> produce() throws Exception {
    try (KafkaProducer<String, String> producer = producer(settings())) {
      producer.send(record()).get();
      return List.of();
    }
  }

  private List<String> transaction() throws Exception {
    Properties settings = settings();
    settings.put("transactional.id", text("transactionalId"));
    // Who begins with an id ends what others began with it, by design.
    synchronized (TRANSACTIONS.computeIfAbsent(text("transactionalId"), id -> new Object())) {
      return transaction(settings);
    }
  }

  private List<String> transaction(Properties settings) throws Exception {
    try (KafkaProducer<String, String> producer = producer(settings)) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<?> sent = producer.send(record());
      producer.flush();
      sent.get();
      producer.commitTransaction();
      return List.of();
    }
  }

  private List<String> consume() {
    try (KafkaConsumer<String, String> consumer = consumer(settings())) {
      assignAll(consumer);
      return firstOf(consumer);
    }
  }

  private List<String> group() {
    Properties settings = settings();
    settings.put("group.id", text("group"));
    try (KafkaConsumer<String, String> consumer = consumer(settings)) {
      consumer.subscribe(List.of(text("topic")));
      List<String> first = firstOf(consumer);
      consumer.commitSync();
      return first;
    }
  }

  /** Everything that attempts have left in a topic. */
  private List<String> read() {
    try (KafkaConsumer<String, String> consumer = consumer(settings())) {
      List<TopicPartition> partitions = assignAll(consumer);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<String> found = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        if (System.nanoTime() > deadline) throw new KafkaException("not all was read in time");
        for (ConsumerRecord<String, String> each : consumer.poll(MOMENT)) if ("attempt".equals(each.key())) found.add(each.value());
      }
      return found.stream().sorted().toList();
    }
  }

  private List<TopicPartition> assignAll(KafkaConsumer<String, String> consumer) {
    List<TopicPartition> partitions = consumer.partitionsFor(text("topic")).stream().map(each -> new TopicPartition(each.topic(), each.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions;
  }

  private List<String> firstOf(KafkaConsumer<String, String> consumer) {
    for (long deadline = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < deadline;) {
      for (ConsumerRecord<String, String> each : consumer.poll(MOMENT)) return List.of(each.value());
    }
    throw new KafkaException("nothing came");
  }

  private static KafkaProducer<String, String> producer(Properties settings) {
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static KafkaConsumer<String, String> consumer(Properties settings) {
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private ProducerRecord<String, String> record() {
    return new ProducerRecord<>(text("topic"), "attempt", text("name"));
  }

  private Properties settings() {
    Properties settings = new Properties();
    ((Map<?, ?>) wanted.get("settings")).forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
    Map.of("default.api.timeout.ms", "12000", "request.timeout.ms", "6000", "delivery.timeout.ms", "12000", "max.block.ms", "12000", "acks", "all",
        "auto.offset.reset", "earliest", "enable.auto.commit", "false", "isolation.level", "read_committed").forEach(settings::putIfAbsent);
    return settings;
  }

  private String text(String field) {
    return String.valueOf(wanted.get(field));
  }

  /** What the broker said is within what the client says of it. */
  private static Throwable innermost(Throwable problem) {
    Throwable cause = problem.getCause();
    return (problem instanceof ExecutionException || problem instanceof KafkaException) && cause instanceof KafkaException ? innermost(cause) : problem;
  }
}
