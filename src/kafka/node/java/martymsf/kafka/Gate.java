package martymsf.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Main class of a roll's step: may this node be restarted now, without anybody noticing? It knows the whole cluster, unlike a probe. */
final class Gate {
  private static final String USAGE = "expected <admin.properties> broker|controller <id> [--wait <seconds>]";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int PRINTED = 20;

  /** What one kind of node is judged by. */
  private interface Judge {
    List<String> reasons(Cluster cluster, int id) throws Stop, InterruptedException;
  }

  private Gate() {}

  public static void main(String[] arguments) {
    Program.run("gate", () -> run(arguments));
  }

  private static void run(String[] arguments) throws Stop, InterruptedException {
    if (arguments.length != 3 && !(arguments.length == 5 && arguments[3].equals("--wait"))) throw Stop.usage(USAGE);
    Judge judge = switch (arguments[1]) {
      case "broker" -> BrokerGate::reasons;
      case "controller" -> ControllerGate::reasons;
      default -> throw Stop.usage(USAGE);
    };
    int id = number(arguments[2]);
    Deadline deadline = Deadline.in(Duration.ofSeconds(arguments.length == 5 ? number(arguments[4]) : 0));
    Properties settings = PropertiesFile.read(Path.of(arguments[0]));
    while (true) {
      Stop stop = ask(settings, judge, id);
      if (stop == null) break;
      if (deadline.passed() || stop.code == Stop.UNREACHABLE && !stop.passing) throw stop;
      deadline.pause(PAUSE);
    }
    System.out.println(arguments[1] + " " + id + " may be restarted");
  }

  /** Why not, or null. */
  private static Stop ask(Properties settings, Judge judge, int id) throws InterruptedException {
    try (Cluster cluster = Cluster.open(settings, PATIENCE)) {
      List<String> reasons = judge.reasons(cluster, id);
      return reasons.isEmpty() ? null : Stop.refused(shortened(reasons));
    } catch (Stop stop) {
      return stop;
    }
  }

  private static List<String> shortened(List<String> reasons) {
    if (reasons.size() <= PRINTED) return reasons;
    List<String> some = new ArrayList<>(reasons.subList(0, PRINTED));
    some.add("and " + (reasons.size() - PRINTED) + " more");
    return some;
  }

  private static int number(String text) throws Stop {
    if (!text.matches("\\d{1,9}")) throw Stop.usage(USAGE + ", got '" + text + "' for a number");
    return Integer.parseInt(text);
  }
}
