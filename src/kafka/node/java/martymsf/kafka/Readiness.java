package martymsf.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether this node can do its part. It judges itself alone: what others lack is the cluster's state and the business of alerts
 * and of the gate, and must not take a healthy node out of its Service.
 */
final class Readiness {
  private static final String RAFT = "kafka.server:type=raft-metrics";
  private static final String METADATA = "kafka.server:type=broker-metadata-metrics";
  private static final String BROKER_STATE = "kafka.server:type=KafkaServer,name=BrokerState";
  private static final String CONTROLLER_LAG = "kafka.controller:type=KafkaController,name=LastAppliedRecordLagMs";
  private static final Set<String> VOTING = Set.of("leader", "follower");
  private static final int RUNNING = 3;
  /** The active controller writes a record at least twice a second, so this is never the silence of an idle cluster. */
  private static final long LAG_MS = 15_000;
  private static final long YEAR_MS = 365L * 24 * 3_600_000;

  private final Beans beans;
  private final NodeRoles node;

  Readiness(Beans beans, NodeRoles node) {
    this.beans = beans;
    this.node = node;
  }

  Answer answer() {
    List<String> reasons = reasons();
    return reasons.isEmpty() ? Answer.text(200, "ready\n") : Answer.text(503, String.join("\n", reasons) + "\n");
  }

  private List<String> reasons() {
    Set<String> roles = node.roles();
    if (roles.isEmpty()) return List.of("node: process.roles cannot be read, expected broker or controller in the file kafka was started with");
    List<String> reasons = new ArrayList<>();
    Long leader = number(RAFT, "current-leader");
    if (leader == null) reasons.add("raft: has not started yet");
    else if (leader < 0) reasons.add("raft: current-leader is " + leader + ", expected >= 0; the controllers have no quorum, or are not reached");
    if (roles.contains("controller")) controller(reasons);
    if (roles.contains("broker")) broker(reasons);
    return reasons;
  }

  private void controller(List<String> reasons) {
    Object state = beans.value(RAFT, "current-state");
    if (state != null && !VOTING.contains(state.toString())) {
      reasons.add("raft: current-state is " + state + ", expected leader or follower; this controller is not a voter of a quorum");
    }
    lag("controller", number(CONTROLLER_LAG, "Value"), reasons);
  }

  private void broker(List<String> reasons) {
    Long state = number(BROKER_STATE, "Value");
    if (state == null || state != RUNNING) {
      reasons.add("broker: state is " + (state == null ? "unknown" : state) + ", expected " + RUNNING + " (running)");
    }
    lag("broker", number(METADATA, "last-applied-record-lag-ms"), reasons);
    Long errors = number(METADATA, "metadata-load-error-count");
    if (errors != null && errors != 0) reasons.add("broker: metadata-load-error-count is " + errors + ", expected 0; see its log, then restart it");
  }

  private static void lag(String role, Long lag, List<String> reasons) {
    // Before the first record the lag is counted from 1970.
    if (lag == null || lag > YEAR_MS) reasons.add(role + ": has no metadata yet");
    else if (lag > LAG_MS) reasons.add(role + ": metadata is " + lag + " ms old, expected <= " + LAG_MS);
  }

  private Long number(String bean, String attribute) {
    return beans.value(bean, attribute) instanceof Number number ? number.longValue() : null;
  }
}
