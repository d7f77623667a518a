package io.kontor.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gate before a server that reads bodies whole, and senders who take their time. */
class BodyBudgetTest {

  private static final int LONGEST_BODY = 1_000;
  private static final String OF_NO_LENGTH = "Transfer-Encoding: chunked";

  private final BodyBudget budget = new BodyBudget(1_500, Duration.ofMillis(1_500));
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void start() {
    Gate gate = new Gate(new Users(Map.of()), LONGEST_BODY, budget);
    gate.open();
    Router router = Router.router(vertx);
    router.route().handler(gate);
    router.route().handler(BodyHandler.create(false));
    router.route().handler(context -> context.end("read"));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_body_beyond_what_the_memory_allows_is_to_come_again() throws Exception {
    try (Socket slow = sending("Content-Length: 900")) {
      await().until(() -> budget.taken() == 900);
      assertThat(answer(sending("Content-Length: 700")))
          .contains(" 503 ", "retry-after: 5", "too-many-at-once");
      assertThat(answer(sending("Content-Length: 5\r\n\r\nhello"))).contains(" 200 ", "read");
      slow.getOutputStream().write(new byte[900]);
      assertThat(answer(slow)).contains(" 200 ", "read");
    }
    await().until(() -> budget.taken() == 0);
  }

  @Test
  void a_body_of_no_stated_length_counts_as_the_longest() throws Exception {
    try (Socket slow = sending(OF_NO_LENGTH)) {
      await().until(() -> budget.taken() == LONGEST_BODY);
      assertThat(answer(sending(OF_NO_LENGTH))).contains(" 503 ");
      slow.getOutputStream().write("5\r\nhello\r\n0\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(answer(slow)).contains(" 200 ");
    }
    await().until(() -> budget.taken() == 0);
  }

  @Test
  void whoever_goes_away_makes_room() throws Exception {
    Socket gone = sending("Content-Length: 900");
    await().until(() -> budget.taken() == 900);
    gone.close();
    await().until(() -> budget.taken() == 0);
  }

  @Test
  void whoever_does_not_send_it_all_in_time_loses_the_connection() throws Exception {
    try (Socket slow = sending("Content-Length: 900\r\n\r\nhello")) {
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    }
    await().until(() -> budget.taken() == 0);
  }

  /** A webhook whose head is sent, and of its body what is given with the last header. */
  private Socket sending(String lastHeader) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    socket.setSoTimeout(10_000);
    String end = lastHeader.contains("\r\n\r\n") ? "" : "\r\n\r\n";
    String head = "POST /hooks/shop/orders HTTP/1.1\r\nHost: kontor\r\n" + lastHeader + end;
    socket.getOutputStream().write(head.getBytes(ISO_8859_1));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    byte[] answer = new byte[4_096];
    int length = socket.getInputStream().read(answer);
    return new String(answer, 0, Math.max(length, 0), ISO_8859_1)
        .replace("Retry-After", "retry-after");
  }
}
