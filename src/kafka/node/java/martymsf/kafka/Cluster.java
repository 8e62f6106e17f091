package martymsf.kafka;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;

/** A cluster as its admin client shows it; no answer is waited for longer than was said when it was opened. */
final class Cluster implements AutoCloseable {
  final Admin admin;
  private final Duration patience;

  private Cluster(Admin admin, Duration patience) {
    this.admin = admin;
    this.patience = patience;
  }

  static Cluster open(Properties settings, Duration patience) throws Stop {
    Properties own = new Properties();
    own.putAll(settings);
    own.put("default.api.timeout.ms", String.valueOf(patience.toMillis()));
    // One broker that accepts and never answers must not use up the time of the others.
    own.put("request.timeout.ms", String.valueOf(Math.max(1, Math.min(patience.toMillis(), 5_000))));
    own.put("enable.metrics.push", "false");
    try {
      return new Cluster(Admin.create(own), patience);
    } catch (KafkaException broken) {
      String text = "kafka: no client can be made of the settings (" + rootText(broken) + ")";
      // Names of pods come and go; what else is wrong with the settings stays wrong.
      throw text.contains("No resolvable bootstrap urls") ? Stop.unreachable(text) : Stop.usage(text + "; correct them");
    }
  }

  /** The answer, or the reason why there is none. */
  <T> T answer(KafkaFuture<T> future) throws Stop, InterruptedException {
    try {
      return future.get(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw late();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) throw late();
      throw reason(failed.getCause());
    }
  }

  private Stop late() {
    return Stop.unreachable("kafka: no answer within " + patience.toSeconds() + " s");
  }

  /** Nobody answers, nobody answers us, or somebody answers no: three different things to do. */
  static Stop reason(Throwable cause) {
    String text = Program.oneLine(cause.getMessage());
    if (cause instanceof AuthenticationException) {
      return Stop.denied("kafka: answers, but not to us (" + text + "); see to certificate, certificate authority and password");
    }
    if (cause instanceof RetriableException) return Stop.unreachable("kafka: no answer (" + text + ")");
    return Stop.refused("kafka: " + text);
  }

  static String rootText(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) root = root.getCause();
    return Program.oneLine(root.getMessage());
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
