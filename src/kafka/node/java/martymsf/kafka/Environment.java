package martymsf.kafka;

import java.nio.file.Path;

/** Environment variables of the pod, with the reason to stop when one is missing or not a number. */
final class Environment {
  private Environment() {}

  static String required(String name) throws Stop {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) throw Stop.usage("environment: " + name + " is missing, expected a value; set it in the pod");
    return value;
  }

  static int number(String name) throws Stop {
    return whole(name, required(name));
  }

  static int number(String name, int otherwise) throws Stop {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : whole(name, value);
  }

  static Path path(String name, String otherwise) {
    String value = System.getenv(name);
    return Path.of(value == null || value.isEmpty() ? otherwise : value);
  }

  private static int whole(String name, String value) throws Stop {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) return number;
    } catch (NumberFormatException notANumber) {
      // Told below, as a negative one is.
    }
    throw Stop.usage("environment: " + name + " is '" + value + "', expected a whole number >= 0; correct it in the pod");
  }
}
