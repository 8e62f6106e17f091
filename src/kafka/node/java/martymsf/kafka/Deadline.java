package martymsf.kafka;

import java.time.Duration;

/** A point in time after which nobody waits any more; by the monotonic clock, which no time server can move. */
final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean passed() {
    return end - System.nanoTime() <= 0;
  }

  /** What is left, and never less than one millisecond: Kafka takes zero for "at once" in one place and "for ever" in another. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }

  /** Waits for the next attempt, but not beyond the end. */
  void pause(Duration time) throws InterruptedException {
    Thread.sleep(Math.min(time.toMillis(), left().toMillis()));
  }
}
