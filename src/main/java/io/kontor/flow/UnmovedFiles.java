package io.kontor.flow;

import io.kontor.work.desk.Refusals;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;

/**
 * Leaves on the desk that a file was taken in, or set aside, and cannot be moved away: it would be
 * looked at again every second, and nobody told.
 */
public final class UnmovedFiles implements ExceptionHandler {

  private final Refusals refusals;

  public UnmovedFiles(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void handleException(Throwable exception) {
    handleException("", exception);
  }

  @Override
  public void handleException(String message, Throwable exception) {
    refuse("files", "inbox", exception);
  }

  @Override
  public void handleException(String message, Exchange exchange, Throwable exception) {
    refuse(
        exchange.getFromRouteId(),
        exchange.getMessage().getHeader(Exchange.FILE_NAME, "inbox", String.class),
        exception);
  }

  private void refuse(String route, String file, Throwable exception) {
    refusals.refuse(
        route,
        "file-not-moved",
        file,
        "it was looked at and cannot be moved to done/ or failed/ (%s): let the hub write there"
            .formatted(exception.getMessage()));
  }
}
