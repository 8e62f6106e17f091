package martymsf.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which broker keeps which copies: only those that are meant, in as many zones as there are, and each as many as the others. As little as possible is
 * moved, and what was spread once stays as it is.
 */
final class Spread {
  private static final Comparator<TopicPartition> ORDER = Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /** The brokers that are meant, with their zones. */
  private final SortedMap<Integer, String> zones;
  private final SortedMap<TopicPartition, List<Integer>> copies = new TreeMap<>(ORDER);
  /** Copies of each broker. */
  private final Map<Integer, Integer> load = new TreeMap<>();

  private Spread(SortedMap<Integer, String> zones) {
    this.zones = zones;
    zones.keySet().forEach(id -> load.put(id, 0));
  }

  /** What has to change, for every partition that does: its copies, the first of which leads it. */
  static Map<TopicPartition, List<Integer>> changes(Map<TopicPartition, List<Integer>> now, SortedMap<Integer, String> zones) throws Stop {
    Spread spread = new Spread(zones);
    spread.keep(now);
    spread.fill(now);
    while (spread.widen() || spread.level()) continue;
    spread.shareLeadership();
    Map<TopicPartition, List<Integer>> changes = new LinkedHashMap<>();
    spread.copies.forEach((partition, brokers) -> {
      if (!brokers.equals(now.get(partition))) changes.put(partition, List.copyOf(brokers));
    });
    return changes;
  }

  private void keep(Map<TopicPartition, List<Integer>> now) throws Stop {
    for (Map.Entry<TopicPartition, List<Integer>> each : now.entrySet()) {
      if (each.getValue().size() > zones.size()) {
        throw Stop.refused(each.getKey() + ": has " + each.getValue().size() + " copies, expected at most " + zones.size() + ", one for each of the brokers; name more brokers, or give the topic fewer copies");
      }
      List<Integer> kept = new ArrayList<>(each.getValue());
      kept.retainAll(zones.keySet());
      kept.forEach(id -> load.merge(id, 1, Integer::sum));
      copies.put(each.getKey(), kept);
    }
  }

  private void fill(Map<TopicPartition, List<Integer>> now) {
    copies.forEach((partition, brokers) -> {
      while (brokers.size() < now.get(partition).size()) {
        Set<String> taken = zonesOf(brokers);
        int next = zones.keySet().stream().filter(id -> !brokers.contains(id))
            .min(Comparator.comparing((Integer id) -> taken.contains(zones.get(id))).thenComparing(load::get)).orElseThrow();
        brokers.add(next);
        load.merge(next, 1, Integer::sum);
      }
    });
  }

  /** Takes a copy to a zone that has none, from one that has two. */
  private boolean widen() {
    for (List<Integer> brokers : copies.values()) {
      Set<String> taken = zonesOf(brokers);
      if (taken.size() == brokers.size()) continue;
      Integer to = zones.keySet().stream().filter(id -> !taken.contains(zones.get(id))).min(Comparator.comparing(load::get)).orElse(null);
      if (to == null) continue;
      int from = brokers.stream().filter(id -> brokers.stream().filter(other -> zones.get(other).equals(zones.get(id))).count() > 1)
          .max(Comparator.comparing(load::get)).orElseThrow();
      replace(brokers, from, to);
      return true;
    }
    return false;
  }

  /** Takes a copy from a broker that has two more than another. */
  private boolean level() {
    List<Integer> full = load.keySet().stream().sorted(Comparator.comparing((Integer id) -> -load.get(id))).toList();
    List<Integer> empty = load.keySet().stream().sorted(Comparator.comparing(load::get)).toList();
    for (int from : full) {
      for (int to : empty) {
        if (load.get(from) - load.get(to) < 2) break;
        for (List<Integer> brokers : copies.values()) {
          if (!brokers.contains(from) || brokers.contains(to)) continue;
          List<Integer> then = new ArrayList<>(brokers);
          then.set(then.indexOf(from), to);
          if (zonesOf(then).size() < zonesOf(brokers).size()) continue;
          replace(brokers, from, to);
          return true;
        }
      }
    }
    return false;
  }

  /** Each broker leads about as many partitions as the others. */
  private void shareLeadership() {
    Map<Integer, Integer> leads = new TreeMap<>();
    zones.keySet().forEach(id -> leads.put(id, 0));
    copies.values().forEach(brokers -> leads.merge(brokers.get(0), 1, Integer::sum));
    boolean better = true;
    while (better) {
      better = false;
      for (List<Integer> brokers : copies.values()) {
        int leader = brokers.get(0);
        int idle = brokers.stream().min(Comparator.comparing(leads::get)).orElseThrow();
        if (leads.get(leader) - leads.get(idle) < 2) continue;
        brokers.remove(Integer.valueOf(idle));
        brokers.add(0, idle);
        leads.merge(leader, -1, Integer::sum);
        leads.merge(idle, 1, Integer::sum);
        better = true;
      }
    }
  }

  private void replace(List<Integer> brokers, int from, int to) {
    brokers.set(brokers.indexOf(from), to);
    load.merge(from, -1, Integer::sum);
    load.merge(to, 1, Integer::sum);
  }

  private Set<String> zonesOf(List<Integer> brokers) {
    Set<String> found = new HashSet<>();
    brokers.forEach(id -> found.add(zones.get(id)));
    return found;
  }
}
