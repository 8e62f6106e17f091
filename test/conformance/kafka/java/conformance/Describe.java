package conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileInputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** What a cluster says of itself, as JSON. Argument: properties of an administrator. */
public final class Describe {
  private final Admin admin;

  private Describe(Admin admin) {
    this.admin = admin;
  }

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    try (FileInputStream in = new FileInputStream(arguments[0])) {
      settings.load(in);
    }
    Map.of("default.api.timeout.ms", "20000", "request.timeout.ms", "10000").forEach(settings::putIfAbsent);
    try (Admin admin = Admin.create(settings)) {
      System.out.println(new ObjectMapper().writeValueAsString(new Describe(admin).all()));
      System.out.flush();
    }
    Runtime.getRuntime().halt(0);
  }

  private Map<String, Object> all() throws Exception {
    Map<String, Object> found = new TreeMap<>();
    QuorumInfo quorum = admin.describeMetadataQuorum().quorumInfo().get();
    found.put("leader", quorum.leaderId());
    found.put("voters", ids(quorum.voters()));
    found.put("observers", ids(quorum.observers()));
    found.put("racks", racks());
    found.put("features", features());
    found.put("topics", topics());
    found.put("copies", copies());
    found.put("defaults", values(configs(new ConfigResource(ConfigResource.Type.BROKER, ""))));
    found.put("users", admin.describeUserScramCredentials().users().get().stream().sorted().toList());
    found.put("permissions", permissions());
    found.put("quotas", quotas());
    return found;
  }

  private static List<Integer> ids(Collection<QuorumInfo.ReplicaState> replicas) {
    return replicas.stream().map(QuorumInfo.ReplicaState::replicaId).sorted().toList();
  }

  private Map<Integer, String> racks() throws Exception {
    return admin.describeCluster().nodes().get().stream().collect(Collectors.toMap(Node::id, node -> String.valueOf(node.rack()), (a, b) -> b, TreeMap::new));
  }

  private Map<String, Integer> features() throws Exception {
    Map<String, Integer> levels = new TreeMap<>();
    admin.describeFeatures().featureMetadata().get().finalizedFeatures().forEach((name, range) -> levels.put(name, (int) range.maxVersionLevel()));
    return levels;
  }

  private Map<String, Object> topics() throws Exception {
    Map<String, Object> found = new TreeMap<>();
    for (TopicDescription each : admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values()) {
      List<Integer> copies = each.partitions().stream().map(partition -> partition.replicas().size()).distinct().sorted().toList();
      found.put(each.name(), Map.of("partitions", each.partitions().size(), "replication", copies,
          "racks", each.partitions().stream().mapToLong(partition -> partition.replicas().stream().map(Node::rack).distinct().count()).min().orElse(0),
          "configs", values(configs(new ConfigResource(ConfigResource.Type.TOPIC, each.name())))));
    }
    return found;
  }

  /** How many copies each broker keeps, of Kafka's own topics too. */
  private Map<Integer, Integer> copies() throws Exception {
    Map<Integer, Integer> found = new TreeMap<>();
    for (TopicDescription each : admin.describeTopics(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get()).allTopicNames().get().values()) {
      each.partitions().forEach(partition -> partition.replicas().forEach(node -> found.merge(node.id(), 1, Integer::sum)));
    }
    return found;
  }

  private Config configs(ConfigResource resource) throws Exception {
    return admin.describeConfigs(List.of(resource)).all().get().get(resource);
  }

  private static Map<String, String> values(Config config) {
    Map<String, String> values = new TreeMap<>();
    for (ConfigEntry each : config.entries()) if (each.value() != null) values.put(each.name(), each.value());
    return values;
  }

  private List<String> permissions() throws Exception {
    return admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
        .map(acl -> String.join(" ", acl.entry().principal(), acl.entry().permissionType().name(), acl.entry().operation().name(),
            acl.pattern().resourceType().name(), acl.pattern().patternType().name(), acl.pattern().name()))
        .sorted().toList();
  }

  private Map<String, Object> quotas() throws Exception {
    Map<String, Object> found = new TreeMap<>();
    admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get()
        .forEach((entity, limits) -> found.put(String.valueOf(entity.entries().get(ClientQuotaEntity.USER)), new TreeMap<>(limits)));
    return found;
  }
}
