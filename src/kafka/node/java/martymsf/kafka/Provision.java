package martymsf.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** Main class of the provisioning job: makes the cluster have what a file says, and changes nothing when it has it. */
final class Provision {
  private static final String USAGE = "expected <file> [--dry-run]";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private Provision() {}

  public static void main(String[] arguments) {
    Program.run("provision", () -> run(arguments));
  }

  private static void run(String[] arguments) throws Stop, InterruptedException {
    boolean dryRun = arguments.length == 2 && arguments[1].equals("--dry-run");
    if (arguments.length != 1 && !dryRun || arguments[0].startsWith("--")) throw Stop.usage(USAGE);
    Desired desired = DesiredFile.read(Path.of(arguments[0]));
    Path folder = Environment.path("CONFIG", "/etc/kafka/config");
    Properties admin = PropertiesFile.read(folder.resolve("admin.properties"));
    keepAdministrator(Login.administrator(admin), desired);
    Path clientFile = folder.resolve("client.properties");
    Properties client = desired.users().isEmpty() && !Files.exists(clientFile) ? new Properties() : PropertiesFile.read(clientFile);
    Deadline deadline = Deadline.in(Duration.ofSeconds(Environment.number("WAIT_SECONDS", 120)));
    waitForBrokers(admin, brokersNeeded(desired), deadline);
    try (Cluster cluster = Cluster.open(admin, PATIENCE)) {
      Plan plan = new Plan();
      new TopicPlan(cluster, plan, desired.shared()).add(desired.topics());
      new UserPlan(cluster, plan).add(desired.users(), client);
      if (desired.acls() != null) new AclPlan(cluster, plan).add(desired.acls(), desired.principals());
      if (desired.quotas() != null) new QuotaPlan(cluster, plan).add(desired.quotas(), desired.principals());
      plan.tryAll(cluster);
      if (dryRun) plan.print();
      else plan.apply(cluster);
    }
  }

  /** Whoever is called like a service would get its rights and its password, and lose what is needed to give them back. */
  private static void keepAdministrator(String name, Desired desired) throws Stop {
    if (name != null && desired.principals().contains("User:" + name)) {
      throw Stop.refused("administrator: is '" + name + "', as a service is, expected a user that no service is; log in as another one");
    }
  }

  private static int brokersNeeded(Desired desired) {
    return desired.topics().stream().mapToInt(Desired.Topic::replication).max().orElse(1);
  }

  /**
   * A cluster that is starting answers before all its brokers are there, and would refuse topics with more copies than brokers.
   * At the end of the time it is asked anyway: the refusal says what is missing.
   */
  private static void waitForBrokers(Properties admin, int needed, Deadline deadline) throws Stop, InterruptedException {
    while (true) {
      Stop last = null;
      try (Cluster cluster = Cluster.open(admin, Duration.ofSeconds(10))) {
        if (cluster.answer(cluster.admin.describeCluster().nodes()).size() >= needed) return;
      } catch (Stop stop) {
        if (!stop.passing) throw stop;
        last = stop;
      }
      if (deadline.passed()) {
        if (last == null) return;
        throw last;
      }
      deadline.pause(PAUSE);
    }
  }
}
