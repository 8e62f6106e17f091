package martymsf.kafka;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;

/**
 * The name and labels of a metric, from those of its MBean. Names are the ones that the community's rules for the JMX exporter
 * give, so that its dashboards and alerts fit.
 *
 * @param stem the name without what its kind adds to it
 * @param labels as they are written, since they are the same in every scrape
 */
record MetricName(String stem, String labels) {
  private static final Pattern PER_SECOND = Pattern.compile("(.+)PerSec\\w*");
  private static final Pattern PERCENT = Pattern.compile("(.+)Percent\\w*");
  private static final Set<String> QUOTAS = Set.of("Produce", "Fetch", "Request", "ControllerMutation");

  static MetricName of(ObjectName bean) {
    Map<String, String> labels = new LinkedHashMap<>();
    Map<String, String> keys = bean.getKeyPropertyList();
    // The list of keys is a hash table; the text has them as they were registered.
    for (String pair : bean.getKeyPropertyListString().split(",")) {
      String key = pair.split("=", 2)[0];
      if (keys.containsKey(key) && !key.equals("type") && !key.equals("name")) labels.put(safeLabel(key), plain(keys.get(key)));
    }
    String type = keys.getOrDefault("type", "");
    if (QUOTAS.contains(type) && (keys.containsKey("user") || keys.containsKey("client-id"))) {
      labels.put("resource", type);
      return new MetricName(safe(bean.getDomain() + "_quota"), MetricText.labels(labels));
    }
    String name = keys.getOrDefault("name", "");
    String stem = bean.getDomain() + (type.isEmpty() ? "" : "_" + type) + (name.isEmpty() ? "" : "_" + suffixed(name));
    return new MetricName(safe(stem), MetricText.labels(labels));
  }

  boolean isTotal() {
    return stem.endsWith("_total");
  }

  boolean isPercent() {
    return stem.endsWith("_percent");
  }

  String with(String suffix) {
    return stem + "_" + safe(suffix);
  }

  private static String suffixed(String name) {
    Matcher total = PER_SECOND.matcher(name);
    if (total.matches()) return total.group(1) + "_total";
    Matcher percent = PERCENT.matcher(name);
    return percent.matches() ? percent.group(1) + "_percent" : name;
  }

  private static String plain(String value) {
    return value.startsWith("\"") ? ObjectName.unquote(value) : value;
  }

  private static String safe(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
  }

  private static String safeLabel(String text) {
    return text.replaceAll("[^A-Za-z0-9_]", "_");
  }
}
