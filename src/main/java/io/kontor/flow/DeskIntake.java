package io.kontor.flow;

import io.kontor.failure.Failure;
import io.kontor.work.desk.Refusals;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** The end of every error handler: leaves on the work desk what a route could not do. */
public final class DeskIntake {

  private final Refusals refusals;

  public DeskIntake(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * Leaves a work item.
   *
   * @param route the route that failed
   */
  public void take(
      @ExchangeProperty(Exchange.FAILURE_ROUTE_ID) String route,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception thrown) {
    String where = route == null ? "unknown-route" : route;
    Exception cause = Causes.failure(thrown);
    if (cause instanceof Failure failure) {
      refusals.refuse(where, failure.code(), failure.reference(), failure.getMessage());
    } else {
      refusals.refuse(where, "route-failed", where, cause.toString());
    }
  }
}
