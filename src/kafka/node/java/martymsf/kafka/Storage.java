package martymsf.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The folder of a node's log. It is formatted when it is empty, and never when anything is in it that may be data. */
final class Storage {
  private static final String META = "meta.properties";
  /** Stands there while we format: what an interrupted formatting leaves behind is ours and no data. */
  private static final String MARK = ".formatting";
  private static final int NAMED = 5;

  private final Path folder;

  Storage(Path folder) {
    this.folder = folder;
  }

  /** Whether it belongs to this node of this cluster already; a reason to stop when it belongs to another one. */
  boolean isFormattedFor(String clusterId, int nodeId) throws Stop {
    Path meta = folder.resolve(META);
    if (!Files.exists(meta)) return false;
    Properties found = PropertiesFile.read(meta);
    List<String> reasons = new ArrayList<>();
    differs("cluster.id", found.getProperty("cluster.id"), clusterId, reasons);
    differs("node.id", found.getProperty("node.id"), String.valueOf(nodeId), reasons);
    if (!reasons.isEmpty()) throw Stop.refused(reasons);
    clearMark();
    return true;
  }

  private void differs(String key, String found, String expected, List<String> reasons) {
    if (expected.equals(found)) return;
    reasons.add("storage: " + key + " in " + folder.resolve(META) + " is " + found + ", expected " + expected
        + "; this volume belongs to another " + (key.equals("node.id") ? "node" : "cluster") + ": attach the right one, or an empty one");
  }

  void refuseOtherFiles() throws Stop {
    List<String> files = files();
    if (files.contains(MARK)) return;
    List<String> others = files.stream().filter(name -> !name.equals("lost+found")).toList();
    if (others.isEmpty()) return;
    String names = String.join(", ", others.subList(0, Math.min(NAMED, others.size()))) + (others.size() > NAMED ? ", ..." : "");
    throw Stop.refused("storage: " + folder + " holds " + others.size() + " files (" + names + ") and no " + META
        + ", expected an empty folder; restore the volume, or empty it so that it is filled from the other nodes");
  }

  void mark() throws Stop {
    try {
      Files.createDirectories(folder);
      for (String name : files()) if (!name.equals("lost+found")) delete(folder.resolve(name));
      Files.writeString(folder.resolve(MARK), "");
    } catch (IOException failed) {
      throw unusable(failed);
    }
  }

  void clearMark() throws Stop {
    try {
      Files.deleteIfExists(folder.resolve(MARK));
    } catch (IOException failed) {
      throw unusable(failed);
    }
  }

  private List<String> files() throws Stop {
    if (!Files.exists(folder)) return List.of();
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException failed) {
      throw unusable(failed);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }

  private Stop unusable(IOException failed) {
    return Stop.refused("storage: " + folder + " cannot be used (" + failed + "); see to the volume and its permissions");
  }
}
