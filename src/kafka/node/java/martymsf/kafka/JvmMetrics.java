package martymsf.kafka;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;

/** The few figures of the JVM that tell whether Kafka suffers from it, under the names of Prometheus' Java client. */
final class JvmMetrics {
  private static final String SYSTEM = "java.lang:type=OperatingSystem";
  private final Beans beans;

  JvmMetrics(Beans beans) {
    this.beans = beans;
  }

  void addTo(MetricText text) {
    memory(text, "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
    memory(text, "nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      String label = MetricText.labels(Map.of("gc", collector.getName()));
      text.add("jvm_gc_collection_seconds", "jvm_gc_collection_seconds_count", "summary", label, collector.getCollectionCount());
      text.add("jvm_gc_collection_seconds", "jvm_gc_collection_seconds_sum", "summary", label, collector.getCollectionTime() / 1e3);
    }
    text.add("jvm_threads_current", "gauge", "", ManagementFactory.getThreadMXBean().getThreadCount());
    text.add("jvm_info", "gauge", MetricText.labels(Map.of("version", System.getProperty("java.version", ""))), 1);
    text.add("process_start_time_seconds", "gauge", "", ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    system(text, "ProcessCpuTime", "process_cpu_seconds_total", "counter", 1e9);
    system(text, "OpenFileDescriptorCount", "process_open_fds", "gauge", 1);
    system(text, "MaxFileDescriptorCount", "process_max_fds", "gauge", 1);
  }

  private static void memory(MetricText text, String area, MemoryUsage usage) {
    String label = MetricText.labels(Map.of("area", area));
    text.add("jvm_memory_used_bytes", "gauge", label, usage.getUsed());
    text.add("jvm_memory_committed_bytes", "gauge", label, usage.getCommitted());
    text.add("jvm_memory_max_bytes", "gauge", label, usage.getMax());
  }

  /** By name, since the attributes are those of one vendor's JVM and may be absent. */
  private void system(MetricText text, String attribute, String name, String type, double unit) {
    if (beans.value(SYSTEM, attribute) instanceof Number value) text.add(name, type, "", value.doubleValue() / unit);
  }
}
