package io.kontor.flow;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.kontor.failure.FaultPoint;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.odoo.OdooPort;
import io.kontor.odoo.OdooReply;
import io.kontor.odoo.OdooRequest;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks to Odoo through the route {@code call-odoo}, where operators see every call, and says what
 * a failure means: certainly not carried out, or perhaps. Thread-safe.
 */
public final class OdooOverCamel implements OdooPort {

  /** The route that makes the call. */
  public static final String ROUTE = "direct:call-odoo";

  private static final Logger LOG = LoggerFactory.getLogger(OdooOverCamel.class);

  private final ProducerTemplate template;
  private final Semaphore calls;
  private final AtomicBoolean away = new AtomicBoolean();

  /**
   * @param callers how many calls at once: as many as Odoo has workers. Counted here and not by the
   *     route's own throttle, whose definition Camel 4.18 cannot write, so that Hawtio could draw
   *     no route at all
   */
  public OdooOverCamel(ProducerTemplate template, int callers) {
    this.template = template;
    this.calls = new Semaphore(callers, true);
  }

  @Override
  public OdooReply send(OdooRequest request) {
    try {
      calls.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(
          "odoo-not-called", request.path(), "the hub stops: Odoo was not called any more", e);
    }
    try {
      return call(request);
    } finally {
      calls.release();
    }
  }

  private OdooReply call(OdooRequest request) {
    Exchange exchange =
        template.send(
            ROUTE,
            ExchangePattern.InOut,
            call -> {
              call.getMessage().setBody(request.body().getBytes(StandardCharsets.UTF_8));
              request.headers().forEach(call.getMessage()::setHeader);
              call.getMessage().setHeader(Exchange.HTTP_PATH, request.path());
            });
    if (exchange.getException() != null) {
      RuntimeException failure = failure(request.path(), exchange.getException());
      if (away.compareAndSet(false, true)) {
        LOG.warn("{}. What is to go there waits, and is tried again", failure.getMessage());
      }
      throw failure;
    }
    if (away.compareAndSet(true, false)) {
      LOG.info("Odoo answers again");
    }
    FaultPoint.AFTER_TARGET_APPLIED.reached();
    return reply(exchange.getMessage());
  }

  private static OdooReply reply(Message message) {
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    Map<String, String> headers = new TreeMap<>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value != null && !name.startsWith("Camel")) {
                headers.put(name, value.toString());
              }
            });
    byte[] body = message.getBody(byte[].class);
    return new OdooReply(
        status, headers, body == null ? "" : new String(body, StandardCharsets.UTF_8));
  }

  /**
   * Sorts what went wrong. Only what happens before the request leaves is certain; everything else,
   * a broken connection above all, may have been carried out.
   */
  private static RuntimeException failure(String path, Exception thrown) {
    if (Causes.failure(thrown) instanceof TransientFailure known) {
      return known;
    }
    if (Causes.find(thrown, CallNotPermittedException.class).isPresent()) {
      return new TransientFailure(
          "odoo-paused",
          path,
          "Odoo failed too often lately and is left alone for a while",
          thrown);
    }
    for (Class<? extends Throwable> notSent :
        List.of(
            ConnectException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            ConnectTimeoutException.class,
            ConnectionRequestTimeoutException.class)) {
      Optional<? extends Throwable> cause = Causes.find(thrown, notSent);
      if (cause.isPresent()) {
        String message = "Odoo cannot be reached: " + cause.get().getMessage();
        return new TransientFailure("odoo-unreachable", path, message, thrown);
      }
    }
    return new InDoubtFailure(
        "odoo-no-answer", path, "Odoo did not answer; it may have done it: " + thrown, thrown);
  }
}
