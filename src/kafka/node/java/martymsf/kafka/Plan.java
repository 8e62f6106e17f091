package martymsf.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaFuture;

/** What has to be changed, and what stands in its way. Nothing is changed before all of it is known. */
final class Plan {
  /**
   * @param line how it is told
   * @param trial the same question asked without doing it, or null where Kafka has no such question
   */
  record Change(String line, Supplier<KafkaFuture<Void>> trial, Supplier<KafkaFuture<Void>> action) {}

  private final List<Change> additions = new ArrayList<>();
  private final List<Change> removals = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int unchanged;

  void change(String line, Supplier<KafkaFuture<Void>> action) {
    additions.add(new Change(line, null, action));
  }

  void change(String line, Supplier<KafkaFuture<Void>> trial, Supplier<KafkaFuture<Void>> action) {
    additions.add(new Change(line, trial, action));
  }

  /** Done after everything else: a right that moves is given in its new place before it is taken from the old one. */
  void remove(String line, Supplier<KafkaFuture<Void>> action) {
    removals.add(new Change(line, null, action));
  }

  void keep() {
    unchanged++;
  }

  void problem(String text) {
    problems.add(text);
  }

  /** Lets Kafka itself look at every change that it can judge beforehand. */
  void tryAll(Cluster cluster) throws Stop, InterruptedException {
    Map<Change, KafkaFuture<Void>> trials = new LinkedHashMap<>();
    for (Change change : additions) if (change.trial() != null) trials.put(change, change.trial().get());
    for (Map.Entry<Change, KafkaFuture<Void>> trial : trials.entrySet()) {
      String failure = failure(cluster, trial.getValue());
      if (failure != null) problems.add(trial.getKey().line() + ": would fail, " + failure);
    }
    if (!problems.isEmpty()) throw Stop.refused(problems);
  }

  void print() {
    additions.forEach(change -> System.out.println("would " + change.line()));
    removals.forEach(change -> System.out.println("would " + change.line()));
    System.out.println((additions.size() + removals.size()) + " would change, " + unchanged + " unchanged");
  }

  void apply(Cluster cluster) throws Stop, InterruptedException {
    List<String> failures = new ArrayList<>();
    int changed = apply(cluster, additions, failures);
    // Not after a failure: what was to replace these may be missing.
    if (failures.isEmpty()) changed += apply(cluster, removals, failures);
    System.out.println(changed + " changed, " + unchanged + " unchanged");
    if (!failures.isEmpty()) throw Stop.refused(failures);
  }

  private static int apply(Cluster cluster, List<Change> changes, List<String> failures) throws Stop, InterruptedException {
    Map<Change, KafkaFuture<Void>> running = new LinkedHashMap<>();
    for (Change change : changes) running.put(change, change.action().get());
    int changed = 0;
    for (Map.Entry<Change, KafkaFuture<Void>> entry : running.entrySet()) {
      String failure = failure(cluster, entry.getValue());
      if (failure != null) {
        failures.add(entry.getKey().line() + ": failed, " + failure);
      } else {
        System.out.println(entry.getKey().line());
        changed++;
      }
    }
    return changed;
  }

  private static String failure(Cluster cluster, KafkaFuture<Void> future) throws InterruptedException {
    try {
      cluster.answer(future);
      return null;
    } catch (Stop stop) {
      return stop.getMessage();
    }
  }
}
