package martymsf.kafka;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Exit;

/** Formats a log folder with Kafka's own storage tool, inside this process. */
final class StorageFormat {
  private StorageFormat() {}

  static void run(Path config, String clusterId, List<String> options) throws Stop {
    List<String> arguments = new ArrayList<>(List.of("format", "--cluster-id=" + clusterId, "--config", config.toString()));
    arguments.addAll(options);
    // Swallowed: Kafka 4 prints what it writes, credentials included. Only what it says when it fails comes out again.
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Exit.setExitProcedure(StorageFormat::refuseToExit);
    Exit.setHaltProcedure(StorageFormat::refuseToExit);
    int code;
    try {
      code = StorageTool.execute(arguments.toArray(String[]::new), new PrintStream(said, true, StandardCharsets.UTF_8));
    } catch (Throwable failed) {
      throw Stop.refused("storage: kafka does not format it (" + Cluster.rootText(failed) + "); correct the configuration");
    } finally {
      Exit.resetExitProcedure();
      Exit.resetHaltProcedure();
    }
    if (code != 0) throw Stop.refused("storage: kafka does not format it (" + lastLine(said) + "); correct the configuration");
  }

  private static void refuseToExit(int code, String message) {
    throw new IllegalStateException(message == null ? "the storage tool ended with " + code : message);
  }

  private static String lastLine(ByteArrayOutputStream said) {
    String[] lines = said.toString(StandardCharsets.UTF_8).strip().split("\\R");
    return lines[lines.length - 1];
  }
}
