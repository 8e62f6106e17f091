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
  private static final String NAME_FILE = "username.file";
  private static final String PASSWORD_FILE = "password.file";

  private final Properties client;

  Login(Properties client) {
    this.client = client;
  }

  /** Null, with a problem told, when the file is of no use. */
  static String password(Desired.User user, Plan plan) {
    try {
      return line(user.passwordFile());
    } catch (Stop unusable) {
      plan.problem("user " + user.name() + ": " + unusable.getMessage());
      return null;
    }
  }

  /** Without the newline that an editor adds. */
  private static String line(Path file) throws Stop {
    String text = PropertiesFile.text(file).replaceFirst("\\R\\z", "");
    if (!text.isBlank() && text.chars().noneMatch(Character::isISOControl)) return text;
    throw Stop.usage(file + ": is " + (text.isBlank() ? "empty" : "of several lines") + ", expected one line of text; correct the secret");
  }

  /**
   * Adds the login of an administrator who has a name and a password, which stand in files of their own.
   *
   * @return the name; null where the administrator has a certificate
   */
  static String administrator(Properties admin) throws Stop {
    if (!admin.containsKey(NAME_FILE)) return null;
    String name = line(Path.of((String) admin.remove(NAME_FILE)));
    String password = line(Path.of((String) admin.remove(PASSWORD_FILE)));
    admin.put("sasl.jaas.config", jaas("PLAIN".equals(admin.get("sasl.mechanism")) ? "plain.Plain" : "scram.Scram", name, password));
    return name;
  }

  String mechanism() {
    return client.getProperty("sasl.mechanism", "SCRAM-SHA-512");
  }

  boolean isAccepted(String user, String password) throws Stop, InterruptedException {
    Properties settings = new Properties();
    settings.putAll(client);
    settings.put("sasl.mechanism", mechanism());
    settings.put("sasl.jaas.config", jaas("scram.Scram", user, password));
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

  private static String jaas(String module, String user, String password) {
    return "org.apache.kafka.common.security." + module + "LoginModule required username=" + quoted(user) + " password=" + quoted(password) + ";";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
