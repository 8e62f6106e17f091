package martymsf.kafka;

import java.nio.charset.StandardCharsets;

/** What one HTTP request is answered with. */
record Answer(int status, String type, byte[] body) {
  static Answer text(int status, String body) {
    return new Answer(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }
}
