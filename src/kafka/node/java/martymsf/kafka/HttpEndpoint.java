package martymsf.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * As much of HTTP as probes and scrapers speak, with four threads at most: one accepts, three answer. Of the three only two may
 * be busy with long answers, so a scraper that does not read cannot make a probe fail.
 */
final class HttpEndpoint {
  private static final int WORKERS = 3;
  private static final int WAITING = 32;
  private static final int REQUEST_BYTES = 8_192;
  private static final int READ_TIMEOUT_MS = 2_000;
  private static final int PAUSE_MS = 100;

  private final Function<String, Answer> answers;
  private final Semaphore longAnswers = new Semaphore(WORKERS - 1);
  private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
      WORKERS, WORKERS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING), HttpEndpoint::daemon);

  HttpEndpoint(Function<String, Answer> answers) {
    this.answers = answers;
  }

  /** Accepts on the calling thread, for ever. */
  void open(String host, int port) throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getByName(host), port), WAITING);
      while (true) accept(server);
    }
  }

  private void accept(ServerSocket server) throws InterruptedException {
    Socket socket;
    try {
      socket = server.accept();
    } catch (IOException failed) {
      // Kafka may be out of file descriptors for a moment; a probe that fails for good would have it restarted.
      Thread.sleep(PAUSE_MS);
      return;
    }
    try {
      workers.execute(() -> serve(socket));
    } catch (RuntimeException busy) {
      // Too many wait already: the prober tries again, and Kafka's memory does not fill with connections.
      close(socket);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(READ_TIMEOUT_MS);
      String[] request = firstLine(socket.getInputStream()).split(" ");
      if (request.length != 3) return;
      boolean known = request[0].equals("GET") || request[0].equals("HEAD");
      String path = request[1].split("\\?", 2)[0];
      if (path.equals("/metrics") && !longAnswers.tryAcquire()) {
        write(socket, Answer.text(503, "busy with other scrapes\n"), true);
        return;
      }
      try {
        write(socket, known ? answers.apply(path) : Answer.text(405, "expected GET\n"), !request[0].equals("HEAD"));
      } finally {
        if (path.equals("/metrics")) longAnswers.release();
      }
    } catch (IOException | RuntimeException gone) {
      // The other side went away, or sent what is no request: nobody is left to be told.
    }
  }

  /** The head is read to its end, since a connection closed over unread bytes is reset before its answer arrives. */
  private static String firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    byte[] part = new byte[1_024];
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_TIMEOUT_MS);
    while (head.size() < REQUEST_BYTES && System.nanoTime() < end) {
      int count = in.read(part);
      if (count < 0) break;
      head.write(part, 0, count);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (text.contains("\r\n\r\n")) return text.substring(0, text.indexOf("\r\n"));
    }
    return "";
  }

  private static void write(Socket socket, Answer answer, boolean withBody) throws IOException {
    String head = "HTTP/1.1 " + answer.status() + (answer.status() == 200 ? " OK" : " Error") + "\r\nContent-Type: " + answer.type()
        + "\r\nContent-Length: " + answer.body().length + "\r\nConnection: close\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + answer.body().length);
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    if (withBody) all.writeBytes(answer.body());
    socket.getOutputStream().write(all.toByteArray());
    socket.shutdownOutput();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "marty-agent-worker");
    thread.setDaemon(true);
    return thread;
  }
}
