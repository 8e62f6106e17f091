package martymsf.kafka;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** One entry of the list of rights, which stands for one right per operation, from any host. */
final class AclEntryFields {
  static final Set<String> KNOWN = Set.of("principal", "resourceType", "name", "pattern", "operations");
  private static final List<String> TYPES = List.of("TOPIC", "GROUP", "TRANSACTIONAL_ID", "CLUSTER");
  private static final List<String> PATTERNS = List.of("LITERAL", "PREFIXED");
  private static final List<String> OPERATIONS = Arrays.stream(AclOperation.values())
      .filter(operation -> operation != AclOperation.UNKNOWN && operation != AclOperation.ANY)
      .map(Enum::name)
      .toList();

  private final JsonFields fields;

  AclEntryFields(JsonFields fields) {
    this.fields = fields;
  }

  Set<AclBinding> bindings(Set<String> principals) {
    String principal = fields.text("principal");
    // Otherwise it would be made, and could never be taken away again.
    if (!principals.contains(principal)) fields.problem("principal", "is '" + principal + "'", "one of principals");
    String type = fields.oneOf("resourceType", TYPES);
    String pattern = fields.oneOf("pattern", PATTERNS);
    String name = fields.text("name");
    if (type.equals("CLUSTER") && !(name.equals(Resource.CLUSTER_NAME) && pattern.equals("LITERAL"))) {
      fields.problem("name", "is " + pattern + " '" + name + "'", "LITERAL " + Resource.CLUSTER_NAME);
    }
    Set<AclBinding> bindings = new HashSet<>();
    List<String> operations = fields.texts("operations");
    if (operations.isEmpty()) fields.problem("operations", "is empty", "at least one of " + String.join(", ", OPERATIONS));
    for (String operation : operations) {
      if (!OPERATIONS.contains(operation)) fields.problem("operations", "has '" + operation + "'", "one of " + String.join(", ", OPERATIONS));
      else if (TYPES.contains(type) && PATTERNS.contains(pattern)) bindings.add(binding(principal, type, name, pattern, operation));
    }
    return bindings;
  }

  private static AclBinding binding(String principal, String type, String name, String pattern, String operation) {
    return new AclBinding(
        new ResourcePattern(ResourceType.valueOf(type), name, PatternType.valueOf(pattern)),
        new AccessControlEntry(principal, "*", AclOperation.valueOf(operation), AclPermissionType.ALLOW));
  }
}
