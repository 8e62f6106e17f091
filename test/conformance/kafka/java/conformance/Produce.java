package conformance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends numbered messages to a topic at a rate until its input ends, and keeps in a file which of them were acknowledged.
 * Arguments: properties, topic, run, messages per second, keys, file, seconds at most.
 */
public final class Produce {
  private static final Duration CLOSING = Duration.ofSeconds(60);

  private final BufferedWriter acknowledged;
  private final Map<String, Integer> errors = new TreeMap<>();
  private long sent;
  private long acked;
  private long failed;
  private long slowest;

  private Produce(Path file) throws IOException {
    acknowledged = Files.newBufferedWriter(file);
  }

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    try (FileInputStream in = new FileInputStream(arguments[0])) {
      settings.load(in);
    }
    // As programs do that send much: a request for what came in the meantime, and not for each message.
    Map.of("acks", "all", "enable.idempotence", "true", "linger.ms", "25", "delivery.timeout.ms", "120000", "max.block.ms", "120000").forEach(settings::putIfAbsent);
    AtomicBoolean stopped = stopAtEndOfInput(Integer.parseInt(arguments[6]));
    Produce produce = new Produce(Path.of(arguments[5]));
    KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    produce.run(producer, arguments[1], arguments[2], Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), stopped);
    producer.close(CLOSING);
    produce.report();
    // A client that cannot reach its brokers must not keep the process.
    Runtime.getRuntime().halt(0);
  }

  private static AtomicBoolean stopAtEndOfInput(int seconds) {
    AtomicBoolean stopped = new AtomicBoolean();
    Thread reader = new Thread(() -> {
      try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
        while (in.readLine() != null) continue;
      } catch (IOException closed) {
        // Whoever closed it wants the end as well.
      }
      stopped.set(true);
    });
    Thread clock = new Thread(() -> {
      try {
        TimeUnit.SECONDS.sleep(seconds);
        stopped.set(true);
        Thread.sleep(CLOSING.toMillis() + 150_000);
        System.err.println("produce: it has not ended in time");
        Runtime.getRuntime().halt(3);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    });
    for (Thread thread : new Thread[] {reader, clock}) {
      thread.setDaemon(true);
      thread.start();
    }
    return stopped;
  }

  private void run(KafkaProducer<String, String> producer, String topic, String run, int rate, int keys, AtomicBoolean stopped) throws Exception {
    producer.partitionsFor(topic);
    long began = System.nanoTime();
    long told = 0;
    while (!stopped.get()) {
      long milliseconds = (System.nanoTime() - began) / 1_000_000;
      for (long due = milliseconds * rate / 1000; sent < due && !stopped.get(); sent++) send(producer, topic, run, "k" + sent % keys, sent / keys);
      if (milliseconds - told >= 250) {
        told = milliseconds;
        synchronized (this) {
          System.out.println("acked " + acked + " failed " + failed);
        }
      }
      Thread.sleep(2);
    }
  }

  private void send(KafkaProducer<String, String> producer, String topic, String run, String key, long sequence) {
    long began = System.nanoTime();
    producer.send(new ProducerRecord<>(topic, key, run + " " + sequence), (metadata, problem) -> {
      synchronized (this) {
        slowest = Math.max(slowest, (System.nanoTime() - began) / 1_000_000);
        if (problem == null) {
          acked++;
          keep(key + " " + sequence);
        } else {
          failed++;
          errors.merge(problem.getClass().getSimpleName(), 1, Integer::sum);
        }
      }
    });
  }

  private void keep(String line) {
    try {
      acknowledged.write(line);
      acknowledged.newLine();
    } catch (IOException full) {
      System.err.println("produce: " + full);
      Runtime.getRuntime().halt(4);
    }
  }

  private synchronized void report() throws IOException {
    acknowledged.close();
    System.out.println("{\"sent\":" + sent + ",\"acked\":" + acked + ",\"failed\":" + failed + ",\"unfinished\":" + (sent - acked - failed)
        + ",\"maxLatencyMs\":" + slowest + ",\"errors\":\"" + errors + "\"}");
    System.out.flush();
  }
}
