package martymsf.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;

/**
 * What a cluster shall have.
 *
 * @param acls null where rights are somebody else's to say
 * @param quotas per user, under Kafka's own names; null where they are somebody else's to say
 * @param principals whose rights are ours alone to say; those of others are not touched
 * @param shared whether others look after its topics, too: what is not said of a topic stays as they left it
 */
record Desired(List<Topic> topics, List<User> users, Set<AclBinding> acls, Map<String, Map<String, Double>> quotas, Set<String> principals, boolean shared) {
  /** @param replication -1 where brokers say it */
  record Topic(String name, int partitions, int replication, Map<String, String> configs) {}

  record User(String name, Path passwordFile) {}
}
