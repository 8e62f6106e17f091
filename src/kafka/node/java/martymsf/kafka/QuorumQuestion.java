package martymsf.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.QuorumInfo;

/** Asks the other controllers whether they are a quorum already, which a node with an empty disk cannot know by itself. */
final class QuorumQuestion {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private QuorumQuestion() {}

  /**
   * The id of the cluster whose quorum has a leader, or nothing when none has answered in time.
   *
   * <p>Asked until the end even when nobody listens: the network of a pod that has just started may need a few seconds, and to
   * begin as a first controller beside a quorum that exists is the worse mistake.
   */
  static Optional<String> clusterIdOfQuorum(Properties admin, Duration patience) throws Stop, InterruptedException {
    Deadline deadline = Deadline.in(patience);
    while (!deadline.passed()) {
      try (Cluster cluster = Cluster.open(admin, deadline.left())) {
        QuorumInfo quorum = cluster.answer(cluster.admin.describeMetadataQuorum().quorumInfo());
        if (quorum.leaderId() >= 0) return Optional.of(cluster.answer(cluster.admin.describeCluster().clusterId()));
      } catch (Stop stop) {
        // A certificate that is not accepted says nothing about the quorum: better no node than a wrong one.
        if (!stop.passing) throw stop;
      }
      deadline.pause(PAUSE);
    }
    return Optional.empty();
  }
}
