package martymsf.kafka;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;

/** Users: made, or given the password of their file when they cannot log in with it. Written only then, so that nobody is logged out. */
final class UserPlan {
  private static final int ITERATIONS = 8_192;

  private final Cluster cluster;
  private final Plan plan;

  UserPlan(Cluster cluster, Plan plan) {
    this.cluster = cluster;
    this.plan = plan;
  }

  /** @param client how users log in, or null where no such file is there */
  void add(List<Desired.User> users, Properties client) throws Stop, InterruptedException {
    if (users.isEmpty()) return;
    Map<String, UserScramCredentialsDescription> found = cluster.answer(cluster.admin.describeUserScramCredentials().all());
    Login login = new Login(client);
    ScramMechanism mechanism = ScramMechanism.fromMechanismName(login.mechanism());
    for (Desired.User user : users) {
      String password = Login.password(user, plan);
      if (password == null) continue;
      if (!canUse(mechanism, found.get(user.name()))) write("create user " + user.name(), user, mechanism, password);
      else if (login.isAccepted(user.name(), password)) plan.keep();
      else write("change password of user " + user.name(), user, mechanism, password);
    }
  }

  private static boolean canUse(ScramMechanism mechanism, UserScramCredentialsDescription found) {
    return found != null && found.credentialInfos().stream().anyMatch(info -> info.mechanism() == mechanism);
  }

  private void write(String line, Desired.User user, ScramMechanism mechanism, String password) {
    ScramCredentialInfo info = new ScramCredentialInfo(mechanism, ITERATIONS);
    plan.change(line, () -> cluster.admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user.name(), info, password))).all());
  }
}
