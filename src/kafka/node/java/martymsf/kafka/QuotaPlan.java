package martymsf.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** Quotas of users: those of declared users and of our principals become exactly the declared ones. */
final class QuotaPlan {
  private final Cluster cluster;
  private final Plan plan;

  QuotaPlan(Cluster cluster, Plan plan) {
    this.cluster = cluster;
    this.plan = plan;
  }

  void add(Map<String, Map<String, Double>> declared, Set<String> principals) throws Stop, InterruptedException {
    Map<ClientQuotaEntity, Map<String, Double>> found = cluster.answer(cluster.admin.describeClientQuotas(ClientQuotaFilter.all()).entities());
    Set<String> users = new TreeSet<>(declared.keySet());
    principals.forEach(principal -> users.add(principal.substring(principal.indexOf(':') + 1)));
    for (String user : users) {
      ClientQuotaEntity entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, user));
      change(user, entity, found.getOrDefault(entity, Map.of()), declared.getOrDefault(user, Map.of()));
    }
  }

  private void change(String user, ClientQuotaEntity entity, Map<String, Double> found, Map<String, Double> declared) {
    Map<String, Double> differing = new TreeMap<>();
    declared.forEach((key, value) -> {
      if (!value.equals(found.get(key))) differing.put(key, value);
    });
    found.keySet().stream().filter(key -> !declared.containsKey(key)).forEach(key -> differing.put(key, null));
    if (differing.isEmpty()) {
      if (!declared.isEmpty()) plan.keep();
      return;
    }
    List<ClientQuotaAlteration.Op> operations = new ArrayList<>();
    differing.forEach((key, value) -> operations.add(new ClientQuotaAlteration.Op(key, value)));
    String text = differing.entrySet().stream()
        .map(entry -> entry.getValue() == null ? "remove " + entry.getKey() : entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
    plan.change(
        "limit user " + user + " (" + text + ")",
        () -> cluster.admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, operations))).all());
  }
}
