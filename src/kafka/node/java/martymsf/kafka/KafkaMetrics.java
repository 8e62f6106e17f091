package martymsf.kafka;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;

/** Every metric of Kafka's own MBeans. */
final class KafkaMetrics {
  private enum Kind { GAUGE, METER, HISTOGRAM, COUNTER, ATTRIBUTES }

  private record Known(Kind kind, MetricName name) {}

  private static final String[] QUANTILES = {"50", "75", "95", "99", "999"};
  /** Attributes that are words: told by a label of a metric that is 1. */
  private static final Map<String, String> WORDS = Map.of("current-state", "state", "version", "version");

  private final Beans beans;
  /** What kind an MBean is does not change, and to find out costs more than to read it. */
  private final Map<ObjectName, Known> known = new ConcurrentHashMap<>();

  KafkaMetrics(Beans beans) {
    this.beans = beans;
  }

  /** The number of MBeans that could not be read. */
  int addTo(MetricText text) {
    Set<ObjectName> names = beans.named("kafka.*:*");
    // Topics and clients come and go.
    known.keySet().retainAll(names);
    int failures = 0;
    for (ObjectName name : names) {
      try {
        add(name, known.computeIfAbsent(name, this::learn), text);
      } catch (JMException | RuntimeException gone) {
        failures++;
      }
    }
    return failures;
  }

  private Known learn(ObjectName bean) {
    try {
      return new Known(kind(beans.server().getMBeanInfo(bean).getAttributes()), MetricName.of(bean));
    } catch (JMException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private static Kind kind(MBeanAttributeInfo[] attributes) {
    Kind kind = Kind.ATTRIBUTES;
    for (MBeanAttributeInfo attribute : attributes) {
      switch (attribute.getName()) {
        case "50thPercentile": return Kind.HISTOGRAM;
        case "MeanRate": kind = Kind.METER; break;
        case "Value": return Kind.GAUGE;
        case "Count": if (kind == Kind.ATTRIBUTES) kind = Kind.COUNTER; break;
        default: break;
      }
    }
    return kind;
  }

  private void add(ObjectName bean, Known what, MetricText text) throws JMException {
    MetricName name = what.name();
    switch (what.kind()) {
      case GAUGE -> number(bean, "Value", name.stem(), "gauge", name, text);
      case COUNTER -> number(bean, "Count", name.stem(), "gauge", name, text);
      case METER -> meter(bean, name, text);
      case HISTOGRAM -> histogram(bean, name, text);
      case ATTRIBUTES -> attributes(bean, name, text);
    }
  }

  /** Of a share of time the last minute is told: its mean since the start, which the rules take, hides every change. */
  private void meter(ObjectName bean, MetricName name, MetricText text) throws JMException {
    if (name.isPercent()) number(bean, "OneMinuteRate", name.stem(), "gauge", name, text);
    else number(bean, "Count", name.isTotal() ? name.stem() : name.with("count"), "counter", name, text);
  }

  private void histogram(ObjectName bean, MetricName name, MetricText text) throws JMException {
    if (!(beans.server().getAttribute(bean, "Count") instanceof Number count)) return;
    // Most kinds of request never come: they would be half of the page, and each quantile sorts a sample.
    if (count.longValue() == 0) return;
    text.add(name.stem(), name.with("count"), "summary", name.labels(), count);
    if (beans.server().getAttribute(bean, "Mean") instanceof Number mean) {
      text.add(name.stem(), name.with("sum"), "summary", name.labels(), mean.doubleValue() * count.doubleValue());
    }
    for (String quantile : QUANTILES) {
      String labels = MetricText.and(name.labels(), "quantile", "0." + quantile);
      if (beans.server().getAttribute(bean, quantile + "thPercentile") instanceof Number value) {
        text.add(name.stem(), name.stem(), "summary", labels, value);
      }
    }
  }

  private void number(ObjectName bean, String attribute, String as, String type, MetricName name, MetricText text) throws JMException {
    Object value = beans.server().getAttribute(bean, attribute);
    if (value instanceof Number number) text.add(as, type, name.labels(), number);
    else if (value instanceof Boolean yes) text.add(as, type, name.labels(), yes ? 1 : 0);
  }

  private void attributes(ObjectName bean, MetricName name, MetricText text) throws JMException {
    for (MBeanAttributeInfo attribute : beans.server().getMBeanInfo(bean).getAttributes()) {
      String key = attribute.getName();
      Object value = beans.server().getAttribute(bean, key);
      if (value instanceof Number number) {
        text.add(name.with(key), key.endsWith("-total") ? "counter" : "gauge", name.labels(), number);
      } else if (value instanceof String word && WORDS.containsKey(key)) {
        text.add(name.with(key), "gauge", MetricText.and(name.labels(), WORDS.get(key), word), 1);
      }
    }
  }
}
