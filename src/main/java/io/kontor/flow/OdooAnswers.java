package io.kontor.flow;

import io.kontor.failure.TransientFailure;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Looks at an answer of Odoo's while the circuit breaker still counts. */
public final class OdooAnswers {

  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /**
   * Passes every answer but those that say "not now".
   *
   * @throws TransientFailure on 429 and 503, with the time that the server asked for
   */
  public void refuseBusy(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Header("Retry-After") String retryAfter) {
    if (status == TOO_MANY || status == UNAVAILABLE) {
      String message = "Odoo answers " + status + ": not now";
      throw wait(retryAfter)
          .map(wait -> new TransientFailure("odoo-busy", "odoo", message, wait))
          .orElseGet(() -> new TransientFailure("odoo-busy", "odoo", message));
    }
  }

  /** The header as a number of seconds; its date form is as good as none. */
  private static Optional<Duration> wait(String retryAfter) {
    if (retryAfter == null || !retryAfter.strip().matches("\\d{1,6}")) {
      return Optional.empty();
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
    return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }
}
