package martymsf.kafka;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Who the cluster is: made once, before its first start, and never changed after it.
 *
 * @param controllers the controllers of the first start, as Kafka's storage tool takes them: id@host:port:directory
 * @param formed whether the quorum has been formed; from then on no disk may begin as one of the first controllers
 */
record Identity(String clusterId, List<String> controllers, boolean formed) {
  static Identity read(Path folder) throws Stop {
    String clusterId = PropertiesFile.text(folder.resolve("cluster.id")).strip();
    if (!clusterId.matches("[A-Za-z0-9_-]{22}")) {
      throw Stop.usage("identity: cluster.id is '" + clusterId + "', expected 22 characters of base64url; make it with kafka-storage random-uuid");
    }
    String first = PropertiesFile.text(folder.resolve("initial-controllers")).strip();
    String formed = PropertiesFile.text(folder.resolve("formed")).strip();
    if (!formed.equals("true") && !formed.equals("false")) {
      throw Stop.usage("identity: formed is '" + formed + "', expected true or false; correct it");
    }
    List<String> controllers = Arrays.stream(first.split("[,\\s]+")).filter(part -> !part.isEmpty()).toList();
    return new Identity(clusterId, controllers, formed.equals("true"));
  }

  boolean beginsWith(int nodeId) {
    return controllers.stream().anyMatch(controller -> controller.startsWith(nodeId + "@"));
  }

  boolean beginsWithOnly(int nodeId) {
    return controllers.size() == 1 && beginsWith(nodeId);
  }
}
