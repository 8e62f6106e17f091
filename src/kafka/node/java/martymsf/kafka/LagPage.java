package martymsf.kafka;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What is known of the last round, for probes and Prometheus: numbers that are old, or of which nothing is known now, are not shown. */
final class LagPage {
  private static final double STALE_SECONDS = 60;
  private static final double STUCK_SECONDS = 180;

  private final JvmMetrics jvm = new JvmMetrics(new Beans());
  private LagRound.Result result;
  private String problem = "has asked nobody yet";
  private long read;
  private long ended = System.nanoTime();
  private double took;

  /** @param start when the round began, since its numbers are no younger */
  synchronized void tell(LagRound.Result found, long start) {
    if (!problem.isEmpty()) System.out.println("lag: is told by the brokers");
    result = found;
    problem = "";
    read = start;
    ended = System.nanoTime();
    took = seconds(start);
  }

  synchronized void fail(String reason) {
    if (!problem.equals(reason)) System.err.println("lag: " + Program.oneLine(reason));
    result = null;
    problem = reason;
    ended = System.nanoTime();
  }

  /** A round ends some time, well or not; one that never does takes the process with it. */
  synchronized Answer live() {
    double silent = seconds(ended);
    return silent < STUCK_SECONDS ? Answer.text(200, "alive\n") : Answer.text(503, "last round ended " + (long) silent + " s ago, expected < " + (long) STUCK_SECONDS + "\n");
  }

  synchronized Answer ready() {
    if (isFresh()) return Answer.text(200, "ready\n");
    return Answer.text(503, (problem.isEmpty() ? "last numbers are " + (long) seconds(read) + " s old" : problem) + "\n");
  }

  synchronized Answer metrics() {
    MetricText text = new MetricText();
    text.add("marty_lag_up", "gauge", "", isFresh() ? 1 : 0);
    if (isFresh()) {
      text.add("marty_lag_age_seconds", "gauge", "", seconds(read));
      text.add("marty_lag_failures", "gauge", "", result.failures());
      text.add("marty_lag_round_seconds", "gauge", "", took);
    }
    jvm.addTo(text);
    String page = (isFresh() ? result.numbers() : "") + text.text();
    return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  private boolean isFresh() {
    return result != null && seconds(read) < STALE_SECONDS;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
