package martymsf.kafka;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.DeleteAclsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclPermissionType;

/** Rights: those of our principals become exactly the declared ones. */
final class AclPlan {
  private final Cluster cluster;
  private final Plan plan;

  AclPlan(Cluster cluster, Plan plan) {
    this.cluster = cluster;
    this.plan = plan;
  }

  void add(Set<AclBinding> declared, Set<String> principals) throws Stop, InterruptedException {
    Collection<AclBinding> all = cluster.answer(cluster.admin.describeAcls(AclBindingFilter.ANY).values());
    Set<AclBinding> found = all.stream().filter(binding -> principals.contains(binding.entry().principal())).collect(Collectors.toSet());
    for (AclBinding binding : sorted(declared)) {
      if (found.contains(binding)) plan.keep();
      else plan.change(text(binding), () -> cluster.admin.createAcls(List.of(binding)).all());
    }
    for (AclBinding binding : sorted(found)) {
      if (!declared.contains(binding)) plan.remove("remove: " + text(binding), () -> delete(binding));
    }
  }

  private KafkaFuture<Void> delete(AclBinding binding) {
    DeleteAclsResult result = cluster.admin.deleteAcls(List.of(binding.toFilter()));
    return result.all().thenApply(deleted -> null);
  }

  private static List<AclBinding> sorted(Set<AclBinding> bindings) {
    return bindings.stream().sorted(Comparator.comparing(AclPlan::text)).toList();
  }

  private static String text(AclBinding binding) {
    String verb = binding.entry().permissionType() == AclPermissionType.ALLOW ? "allow " : "deny ";
    String host = binding.entry().host().equals("*") ? "" : " from " + binding.entry().host();
    return verb + binding.entry().principal() + " " + binding.entry().operation() + " on " + binding.pattern().patternType()
        + " " + binding.pattern().resourceType() + " " + binding.pattern().name() + host;
  }
}
