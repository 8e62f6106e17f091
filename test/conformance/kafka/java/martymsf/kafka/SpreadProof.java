package martymsf.kafka;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Random clusters whose brokers come and go: what Spread makes of them, held against what it promises. */
final class SpreadProof {
  private SpreadProof() {}

  public static void main(String[] arguments) throws Stop {
    int rounds = Integer.parseInt(arguments[0]);
    Random random = new Random(Long.parseLong(arguments[1]));
    List<String> problems = new ArrayList<>();
    for (int round = 0; round < rounds && problems.isEmpty(); round++) problems.addAll(problems(random));
    System.out.println("{\"problems\": [" + String.join(", ", problems.stream().map(text -> '"' + text + '"').toList()) + "]}");
  }

  private static List<String> problems(Random random) throws Stop {
    int zoneCount = 1 + random.nextInt(4);
    SortedMap<Integer, String> all = new TreeMap<>();
    int brokers = 3 + random.nextInt(8);
    for (int id = 0; id < brokers; id++) all.put(id, "zone-" + (id % zoneCount));
    List<Integer> ids = new ArrayList<>(all.keySet());
    Collections.shuffle(ids, random);
    SortedMap<Integer, String> meant = new TreeMap<>(all);
    ids.subList(0, random.nextInt(brokers - 2)).forEach(meant::remove);
    Map<TopicPartition, List<Integer>> now = new HashMap<>();
    for (int topic = 0; topic < 1 + random.nextInt(4); topic++) {
      int copies = 1 + random.nextInt(Math.min(3, meant.size()));
      for (int partition = 0; partition < 1 + random.nextInt(20); partition++) {
        Collections.shuffle(ids, random);
        now.put(new TopicPartition("t" + topic, partition), List.copyOf(ids.subList(0, copies)));
      }
    }
    Map<TopicPartition, List<Integer>> then = new HashMap<>(now);
    then.putAll(Spread.changes(now, meant));
    return check(now, then, meant);
  }

  private static List<String> check(Map<TopicPartition, List<Integer>> now, Map<TopicPartition, List<Integer>> then, SortedMap<Integer, String> meant) throws Stop {
    List<String> problems = new ArrayList<>();
    Map<Integer, Integer> load = new TreeMap<>();
    meant.keySet().forEach(id -> load.put(id, 0));
    then.forEach((partition, brokers) -> {
      Set<String> zones = new HashSet<>();
      brokers.forEach(id -> zones.add(String.valueOf(meant.get(id))));
      brokers.forEach(id -> load.merge(id, 1, Integer::sum));
      if (!meant.keySet().containsAll(brokers)) problems.add(partition + " is on " + brokers + ", meant are " + meant);
      if (new HashSet<>(brokers).size() != now.get(partition).size()) problems.add(partition + " has copies " + brokers + ", had " + now.get(partition));
      int most = Math.min(brokers.size(), new HashSet<>(meant.values()).size());
      if (zones.size() != most) problems.add(partition + " is in zones " + zones + ", expected " + most);
    });
    if (!Spread.changes(then, meant).isEmpty()) problems.add("what was spread is spread again: " + Spread.changes(then, meant));
    boolean oneZone = new HashSet<>(meant.values()).size() == 1;
    if (oneZone && Collections.max(load.values()) - Collections.min(load.values()) > 1) problems.add("brokers of one zone have " + load);
    return problems;
  }
}
