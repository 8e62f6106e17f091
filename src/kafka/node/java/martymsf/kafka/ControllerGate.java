package martymsf.kafka;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.QuorumInfo;

/** A controller may be restarted when those that have everything are a majority of all voters without it. */
final class ControllerGate {
  private static final long BEHIND_MS = 10_000;
  /** A follower that lives fetches at least every half second. */
  private static final long PULSE_MS = 2_000;

  private ControllerGate() {}

  /** Asked twice: one that has just died still counts as caught up, but fetches no more. */
  static List<String> reasons(Cluster cluster, int controller) throws Stop, InterruptedException {
    QuorumInfo before = ask(cluster);
    Thread.sleep(PULSE_MS);
    QuorumInfo quorum = ask(cluster);
    List<QuorumInfo.ReplicaState> voters = quorum.voters();
    int majority = voters.size() / 2 + 1;
    // Compared with the newest time in the answer, not with the clock here: only the leader's clock wrote these.
    long now = voters.stream().mapToLong(voter -> voter.lastCaughtUpTimestamp().orElse(-1)).max().orElse(-1);
    List<Integer> others = voters.stream()
        .filter(voter -> voter.replicaId() != controller)
        .filter(voter -> voter.replicaId() == quorum.leaderId() || isCaughtUp(voter, now) && hasFetched(voter, before))
        .map(QuorumInfo.ReplicaState::replicaId)
        .sorted()
        .toList();
    if (others.size() >= majority) return List.of();
    if (voters.size() <= 2) {
      return List.of("quorum: voters are " + voters.size() + ", expected >= 3; it can never pass: add controllers, or accept a pause");
    }
    return List.of("quorum: voters that are caught up without controller " + controller + " are " + others.size() + " (" + list(others)
        + "), expected >= " + majority + " of " + voters.size() + "; wait for the others, or start them");
  }

  private static QuorumInfo ask(Cluster cluster) throws Stop, InterruptedException {
    return cluster.answer(cluster.admin.describeMetadataQuorum().quorumInfo());
  }

  private static boolean hasFetched(QuorumInfo.ReplicaState voter, QuorumInfo before) {
    return before.voters().stream()
        .filter(earlier -> earlier.replicaId() == voter.replicaId())
        .anyMatch(earlier -> voter.lastFetchTimestamp().orElse(-1) > earlier.lastFetchTimestamp().orElse(-1));
  }

  private static boolean isCaughtUp(QuorumInfo.ReplicaState voter, long now) {
    long time = voter.lastCaughtUpTimestamp().orElse(-1);
    return time >= 0 && now - time <= BEHIND_MS;
  }

  private static String list(List<Integer> ids) {
    return ids.isEmpty() ? "none" : ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
