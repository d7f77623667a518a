package io.kontor.flow;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in HTTP and JSON why a request was not accepted: {@code {"error":…,"message":…}}. */
public final class WebhookAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookAnswers.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FULL_RETRY_SECONDS = 10;
  private static final int BROKEN_RETRY_SECONDS = 30;

  /**
   * Turns what went wrong into an answer.
   *
   * @param thrown as it was thrown; Camel's own exception parameter is its innermost cause, which
   *     does not say what it means for us
   * @param headers the answer's headers, which this sets
   * @return the answer's body
   */
  public String refused(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception thrown,
      @Headers Map<String, Object> headers) {
    Refusal refusal = refusal(thrown);
    headers.put(Exchange.HTTP_RESPONSE_CODE, refusal.status());
    headers.put(Exchange.CONTENT_TYPE, "application/json");
    refusal
        .retryAfterSeconds()
        .ifPresent(seconds -> headers.put("Retry-After", String.valueOf(seconds)));
    return json(refusal.error(), refusal.getMessage());
  }

  /** Says under which name a document was accepted. */
  public String accepted(@Body RawDocument document) {
    return JSON.createObjectNode().put("accepted", document.id()).toString();
  }

  private static Refusal refusal(Exception thrown) {
    Optional<Refusal> refusal = Causes.find(thrown, Refusal.class);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (Causes.failure(thrown) instanceof TransientFailure failure) {
      return failure.code().equals(JmsInbox.FULL)
          ? Refusal.forNow(429, failure.code(), failure.getMessage(), FULL_RETRY_SECONDS)
          : Refusal.forNow(503, failure.code(), "Not accepted, try again", BROKEN_RETRY_SECONDS);
    }
    LOG.error("A request failed", thrown);
    return Refusal.forNow(503, "not-accepted", "Not accepted, try again", BROKEN_RETRY_SECONDS);
  }

  /** An error as every HTTP answer of Kontor words it. */
  public static String json(String error, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.put("error", error);
    body.put("message", message);
    return body.toString();
  }
}
