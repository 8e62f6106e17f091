package martymsf.kafka;

/** Runs one main class: reasons go to standard error with its name, and its end is the end of the process. */
final class Program {
  /** Our own mistake, as the command line of the project has it. */
  private static final int BUG = 70;

  interface Body {
    void run() throws Stop, InterruptedException;
  }

  private Program() {}

  static void run(String name, Body body) {
    Logging.silence();
    int code = 0;
    try {
      body.run();
    } catch (Stop stop) {
      stop.reasons.forEach(reason -> System.err.println(name + ": " + oneLine(reason)));
      code = stop.code;
    } catch (Throwable bug) {
      System.err.println(name + ": unexpected " + bug.getClass().getName() + ": " + oneLine(bug.getMessage()) + place(bug));
      code = BUG;
    }
    System.out.flush();
    System.err.flush();
    // Not a plain return: client threads of Kafka that are still closing would hold the process.
    System.exit(code);
  }

  /** A reason is a line of a log: what Kafka breaks over several lines is joined. */
  static String oneLine(String text) {
    return text == null ? "no message" : text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String place(Throwable bug) {
    for (StackTraceElement frame : bug.getStackTrace()) {
      if (frame.getClassName().startsWith("martymsf.")) return " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }
    return "";
  }
}
