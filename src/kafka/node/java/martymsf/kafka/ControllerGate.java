package martymsf.kafka;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.QuorumInfo;

/** A controller may be restarted when those that have everything are a majority of all voters without it. */
final class ControllerGate {
  private static final long BEHIND_MS = 10_000;

  private ControllerGate() {}

  static List<String> reasons(Cluster cluster, int controller) throws Stop, InterruptedException {
    QuorumInfo quorum = cluster.answer(cluster.admin.describeMetadataQuorum().quorumInfo());
    List<QuorumInfo.ReplicaState> voters = quorum.voters();
    boolean votes = voters.stream().anyMatch(voter -> voter.replicaId() == controller);
    int majority = voters.size() / 2 + 1;
    // Compared with the newest time in the answer, not with the clock here: only the leader's clock wrote these.
    long now = voters.stream().mapToLong(voter -> voter.lastCaughtUpTimestamp().orElse(-1)).max().orElse(-1);
    List<Integer> others = voters.stream()
        .filter(voter -> voter.replicaId() != controller)
        .filter(voter -> voter.replicaId() == quorum.leaderId() || isCaughtUp(voter.lastCaughtUpTimestamp(), now))
        .map(QuorumInfo.ReplicaState::replicaId)
        .sorted()
        .toList();
    if (others.size() >= majority) return List.of();
    if (votes && voters.size() <= 2) {
      return List.of("quorum: voters are " + voters.size() + ", expected >= 3; it can never pass: add controllers, or accept a pause");
    }
    return List.of("quorum: voters that are caught up without controller " + controller + " are " + others.size() + " (" + list(others)
        + "), expected >= " + majority + " of " + voters.size() + "; wait for the others, or start them");
  }

  private static boolean isCaughtUp(OptionalLong time, long now) {
    return time.isPresent() && time.getAsLong() >= 0 && now - time.getAsLong() <= BEHIND_MS;
  }

  private static String list(List<Integer> ids) {
    return ids.isEmpty() ? "none" : ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
