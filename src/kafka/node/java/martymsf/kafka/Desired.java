package martymsf.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;

/**
 * What a cluster shall have.
 *
 * @param quotas per user, under Kafka's own names
 * @param principals whose rights are ours alone to say; those of others are not touched
 */
record Desired(List<Topic> topics, List<User> users, Set<AclBinding> acls, Map<String, Map<String, Double>> quotas, Set<String> principals) {
  record Topic(String name, int partitions, int replication, Map<String, String> configs) {}

  record User(String name, Path passwordFile) {}
}
