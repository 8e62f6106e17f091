package martymsf.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.SaslAuthenticationException;

/** Tries a password where users log in: Kafka keeps only what it can be compared with, and shows nobody that. */
final class Login {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Properties client;

  Login(Properties client) {
    this.client = client;
  }

  /** Without the newline that an editor adds; null, with a problem told, when the file is of no use. */
  static String password(Desired.User user, Plan plan) {
    Path file = user.passwordFile();
    try {
      String password = PropertiesFile.text(file).replaceFirst("\\R\\z", "");
      if (!password.isBlank() && password.chars().noneMatch(Character::isISOControl)) return password;
      plan.problem("user " + user.name() + ": " + file + " is " + (password.isBlank() ? "empty" : "of several lines")
          + ", expected the password in one line; correct the secret");
    } catch (Stop unreadable) {
      plan.problem("user " + user.name() + ": " + unreadable.getMessage());
    }
    return null;
  }

  boolean isAccepted(String user, String password) throws Stop, InterruptedException {
    Properties settings = new Properties();
    settings.putAll(client);
    settings.putIfAbsent("sasl.mechanism", "SCRAM-SHA-512");
    settings.put("sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required username="
        + quoted(user) + " password=" + quoted(password) + ";");
    try (Cluster cluster = Cluster.open(settings, PATIENCE)) {
      cluster.admin.describeCluster().clusterId().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      throw Stop.unreachable("user " + user + ": cannot try the password, no answer within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof SaslAuthenticationException) return false;
      throw Stop.unreachable("user " + user + ": cannot try the password (" + Program.oneLine(failed.getCause().getMessage()) + ")");
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
