package io.kontor.app;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory that the bodies of webhooks take: a body is read whole before its signature can
 * be judged, so anybody could fill the heap. A body counts as long as it says it is, from the first
 * byte to the answer, and for want of a length as the longest that is taken. Thread-safe.
 */
final class BodyBudget {

  /** A body is there several times while it is read and handed on, and is not all there is. */
  private static final int HEAP_OVER_BODIES = 8;

  /** Shopify itself waits five seconds for the answer. */
  private static final Duration LONGEST_READING = Duration.ofSeconds(30);

  private final long most;
  private final Duration longestReading;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long most, Duration longestReading) {
    this.most = most;
    this.longestReading = longestReading;
  }

  /** What the heap allows, but always one body of the longest. */
  static BodyBudget ofHeap(int longestBody) {
    return new BodyBudget(
        Math.max(longestBody, Runtime.getRuntime().maxMemory() / HEAP_OVER_BODIES),
        LONGEST_READING);
  }

  /**
   * Takes room for a request's body until it is answered. Whoever does not send it in time loses
   * the connection, and with it the room.
   *
   * @return false if there is none: the request must be refused
   */
  boolean take(RoutingContext context, long bytes) {
    if (taken.addAndGet(bytes) > most) {
      taken.addAndGet(-bytes);
      return false;
    }
    Vertx vertx = context.vertx();
    long timer = vertx.setTimer(longestReading.toMillis(), late -> endUnread(context.request()));
    context.addEndHandler(
        ended -> {
          vertx.cancelTimer(timer);
          taken.addAndGet(-bytes);
        });
    return true;
  }

  private static void endUnread(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }

  /** How many bytes are taken at the moment. */
  long taken() {
    return taken.get();
  }
}
