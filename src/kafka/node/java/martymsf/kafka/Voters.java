package martymsf.kafka;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.clients.admin.RaftVoterEndpoint;
import org.apache.kafka.common.Uuid;

/** Main class of a plan's step: which controllers vote. A vote belongs to a disk, whose id nobody has to look up. It can be run again at any time. */
final class Voters {
  private static final String USAGE = "expected <admin.properties> add <server.properties>, or <admin.properties> remove <id>";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Voters() {}

  public static void main(String[] arguments) {
    Program.run("voters", () -> run(arguments));
  }

  private static void run(String[] arguments) throws Stop, InterruptedException {
    if (arguments.length != 3) throw Stop.usage(USAGE);
    try (Cluster cluster = Cluster.open(PropertiesFile.read(Path.of(arguments[0])), PATIENCE)) {
      List<ReplicaState> voters = cluster.answer(cluster.admin.describeMetadataQuorum().quorumInfo()).voters();
      switch (arguments[1]) {
        case "add" -> add(cluster, voters, PropertiesFile.read(Path.of(arguments[2])));
        case "remove" -> remove(cluster, voters, arguments[2]);
        default -> throw Stop.usage(USAGE);
      }
    }
  }

  private static void add(Cluster cluster, List<ReplicaState> voters, Properties server) throws Stop, InterruptedException {
    int id = Integer.parseInt(known(server, "node.id"));
    Properties disk = PropertiesFile.read(Path.of(known(server, "log.dirs"), "meta.properties"));
    Uuid directory = Uuid.fromString(known(disk, "directory.id"));
    for (ReplicaState voter : voters) {
      if (voter.replicaId() != id) continue;
      if (!voter.replicaDirectoryId().equals(directory)) {
        throw Stop.refused("controller " + id + ": votes with disk " + voter.replicaDirectoryId() + ", this one is " + directory + "; if that is lost, take its vote: remove " + id);
      }
      System.out.println("controller " + id + " votes");
      return;
    }
    cluster.answer(cluster.admin.addRaftVoter(id, directory, Set.of(endpoint(server))).all());
    System.out.println("controller " + id + " votes now");
  }

  private static RaftVoterEndpoint endpoint(Properties server) throws Stop {
    String name = known(server, "controller.listener.names");
    String listeners = known(server, "advertised.listeners");
    String own = Arrays.stream(listeners.split(",")).filter(listener -> listener.startsWith(name + "://")).findFirst()
        .orElseThrow(() -> Stop.usage("advertised.listeners: is " + listeners + ", expected one that begins with " + name + "://"));
    URI address = URI.create(own);
    return new RaftVoterEndpoint(name, address.getHost(), address.getPort());
  }

  private static String known(Properties properties, String key) throws Stop {
    String value = properties.getProperty(key, "").strip();
    if (value.isEmpty()) throw Stop.usage(key + ": is missing; run this in the pod of the controller");
    return value;
  }

  private static void remove(Cluster cluster, List<ReplicaState> voters, String number) throws Stop, InterruptedException {
    if (!number.matches("\\d{1,9}")) throw Stop.usage(USAGE + ", got '" + number + "' for an id");
    int id = Integer.parseInt(number);
    ReplicaState gone = voters.stream().filter(voter -> voter.replicaId() == id).findFirst().orElse(null);
    if (gone == null) {
      System.out.println("controller " + id + " has no vote");
      return;
    }
    if (voters.size() == 1) throw Stop.refused("controller " + id + ": is the only one that votes, expected others; add one before");
    cluster.answer(cluster.admin.removeRaftVoter(id, gone.replicaDirectoryId()).all());
    System.out.println("controller " + id + " has no vote any more");
  }
}
