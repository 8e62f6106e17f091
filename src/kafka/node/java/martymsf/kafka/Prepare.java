package martymsf.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.raft.QuorumConfig;

/** Main class of the init container: writes the node's configuration, and formats its disk when, and only when, it is empty. */
final class Prepare {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> JOINS = List.of("--no-initial-controllers");

  private final Path folder = Environment.path("CONFIG", "/etc/kafka/config");
  private final Path output = Environment.path("OUTPUT", "/run/kafka/server.properties");
  private final NodeName node;
  private final Identity identity;

  private Prepare() throws Stop {
    node = NodeName.fromEnvironment();
    identity = Identity.read(Environment.path("IDENTITY", "/etc/kafka/identity"));
  }

  public static void main(String[] arguments) {
    Program.run("prepare", () -> new Prepare().run());
  }

  private void run() throws Stop, InterruptedException {
    ServerConfig config = ServerConfig.of(folder.resolve("server.properties"), node);
    Storage storage = new Storage(config.logDir());
    boolean formatted = storage.isFormattedFor(identity.clusterId(), node.id());
    if (!formatted) storage.refuseOtherFiles();
    config.write(output);
    say("configuration is in " + output);
    if (formatted) {
      say("storage is formatted already");
      return;
    }
    List<String> options = config.isController() ? controllerOptions() : List.of();
    storage.mark();
    StorageFormat.run(output, identity.clusterId(), options);
    storage.clearMark();
    say("storage is formatted" + (options.isEmpty() ? "" : options.equals(JOINS) ? ", to join the quorum" : ", as one of the first controllers"));
  }

  /**
   * A disk that is empty because it was lost must not vote under its old directory id: the quorum counts on what that disk had
   * confirmed. So it begins as one of the first controllers only while no quorum can exist.
   */
  private List<String> controllerOptions() throws Stop, InterruptedException {
    if (identity.formed() || !identity.beginsWith(node.id())) return JOINS;
    if (joinsByItself() && !identity.beginsWithOnly(node.id()) && quorumExists()) return JOINS;
    return List.of("--initial-controllers", String.join(",", identity.controllers()));
  }

  private boolean quorumExists() throws Stop, InterruptedException {
    Optional<String> found = QuorumQuestion.clusterIdOfQuorum(PropertiesFile.read(folder.resolve("admin.properties")), PATIENCE);
    if (found.isPresent() && !found.get().equals(identity.clusterId())) {
      throw Stop.refused("quorum: cluster.id is " + found.get() + ", expected " + identity.clusterId()
          + "; the controllers of this name belong to another cluster: restore its identity, or use another name");
    }
    say(found.isPresent() ? "a quorum exists" : "no quorum answers within " + PATIENCE.toSeconds() + " s");
    return found.isPresent();
  }

  /** Kafka before 4.2 does not know the key: a node formatted to join would wait for an operator, on the very first start too. */
  private static boolean joinsByItself() {
    return QuorumConfig.CONFIG_DEF.names().contains("controller.quorum.auto.join.enable");
  }

  private void say(String line) {
    System.out.println("node " + node.id() + ": " + line);
  }
}
