package martymsf.kafka;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;

/** Files that the pod finds mounted: read whole, with a reason that names the file when that fails. */
final class PropertiesFile {
  private PropertiesFile() {}

  static Properties read(Path file) throws Stop {
    return parse(text(file), file);
  }

  static Properties parse(String text, Path file) throws Stop {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException broken) {
      throw Stop.usage(file + ": is not a properties file (" + broken.getMessage() + "); correct it");
    }
    return properties;
  }

  static String text(Path file) throws Stop {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw Stop.usage(file + ": is missing, expected a file; mount it");
    } catch (IOException unreadable) {
      throw Stop.usage(file + ": cannot be read (" + unreadable.getMessage() + "); see to its mount and permissions");
    }
  }
}
