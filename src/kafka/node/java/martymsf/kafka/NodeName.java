package martymsf.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who this node is: all of it follows from the pod's name, so that a pod which comes back is the same node. */
record NodeName(String pod, int id, String rack) {
  private static final Pattern ORDINAL = Pattern.compile(".*-(\\d{1,6})");

  static NodeName fromEnvironment() throws Stop {
    String pod = Environment.required("POD_NAME");
    Matcher name = ORDINAL.matcher(pod);
    if (!name.matches()) {
      throw Stop.usage("environment: POD_NAME is '" + pod + "', expected <name>-<number>; run this in a pod of a StatefulSet");
    }
    int id = Environment.number("NODE_ID_BASE") + Integer.parseInt(name.group(1)) * Environment.number("NODE_ID_STEP");
    String rack = System.getenv("RACK");
    return new NodeName(pod, id, rack == null ? "" : rack);
  }
}
