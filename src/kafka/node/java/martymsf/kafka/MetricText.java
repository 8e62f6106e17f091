package martymsf.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Samples gathered by family and written in Prometheus' text format 0.0.4, which wants all of a family in one place. */
final class MetricText {
  private record Family(String type, Map<String, String> samples) {}

  private final Map<String, Family> families = new TreeMap<>();

  void add(String name, String type, String labels, Number value) {
    add(name, name, type, labels, value);
  }

  /** A sample whose name differs from its family's, as those of a summary do. What is not a number is left out. */
  void add(String family, String name, String type, String labels, Number value) {
    double number = value.doubleValue();
    if (Double.isNaN(number)) return;
    families.computeIfAbsent(family, key -> new Family(type, new LinkedHashMap<>())).samples().put(name + labels, text(value, number));
  }

  String text() {
    StringBuilder page = new StringBuilder(1 << 17);
    families.forEach((name, family) -> {
      page.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
      family.samples().forEach((sample, value) -> page.append(sample).append(' ').append(value).append('\n'));
    });
    return page.toString();
  }

  private static String text(Number value, double number) {
    if (Double.isInfinite(number)) return number > 0 ? "+Inf" : "-Inf";
    return value instanceof Double || value instanceof Float ? Double.toString(number) : Long.toString(value.longValue());
  }

  /** Labels as they stand behind a name, in braces. */
  static String labels(Map<String, String> labels) {
    if (labels.isEmpty()) return "";
    StringBuilder text = new StringBuilder();
    labels.forEach((label, value) -> text.append(text.isEmpty() ? "{" : ",").append(label).append("=\"").append(escaped(value)).append('"'));
    return text.append('}').toString();
  }

  /** The same with one more, whose value needs no escape. */
  static String and(String labels, String label, String value) {
    String pair = label + "=\"" + value + "\"}";
    return labels.isEmpty() ? "{" + pair : labels.substring(0, labels.length() - 1) + "," + pair;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
