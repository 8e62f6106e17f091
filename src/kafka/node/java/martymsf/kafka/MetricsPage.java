package martymsf.kafka;

import java.nio.charset.StandardCharsets;

/** The page that Prometheus reads. */
final class MetricsPage {
  private final KafkaMetrics kafka;
  private final JvmMetrics jvm;

  MetricsPage(Beans beans) {
    kafka = new KafkaMetrics(beans);
    jvm = new JvmMetrics(beans);
  }

  /** One at a time: two scrapers at once take no more of the node's processor than one. */
  synchronized Answer answer() {
    long start = System.nanoTime();
    MetricText text = new MetricText();
    int failures = kafka.addTo(text);
    jvm.addTo(text);
    text.add("marty_agent_scrape_failures", "gauge", "", failures);
    text.add("marty_agent_scrape_seconds", "gauge", "", (System.nanoTime() - start) / 1e9);
    return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", text.text().getBytes(StandardCharsets.UTF_8));
  }
}
