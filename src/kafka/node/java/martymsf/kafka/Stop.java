package martymsf.kafka;

import java.util.List;

/** Why a program ends without having done its work: every reason in a line of its own, and the exit code that tells the kinds apart. */
final class Stop extends Exception {
  private static final long serialVersionUID = 1;
  static final int REFUSED = 1;
  static final int UNREACHABLE = 2;

  final int code;
  final List<String> reasons;
  /** Whether the same question may get another answer in a moment. */
  final boolean passing;

  private Stop(int code, boolean passing, List<String> reasons) {
    // No stack trace: it would be the text of a user's mistake, not of ours.
    super(String.join("; ", reasons), null, false, false);
    this.code = code;
    this.passing = passing;
    this.reasons = List.copyOf(reasons);
  }

  /** What was asked for must not be done. */
  static Stop refused(List<String> reasons) {
    return new Stop(REFUSED, false, reasons);
  }

  static Stop refused(String reason) {
    return refused(List.of(reason));
  }

  /** The call itself is wrong, or something that it needs cannot be read. */
  static Stop usage(String reason) {
    return new Stop(UNREACHABLE, false, List.of(reason));
  }

  /** The cluster does not answer: trying later may help. */
  static Stop unreachable(String reason) {
    return new Stop(UNREACHABLE, true, List.of(reason));
  }

  /** The cluster answers, but not to us: it will not do so later either. */
  static Stop denied(String reason) {
    return new Stop(UNREACHABLE, false, List.of(reason));
  }
}
