package io.kontor.work.desk;

import io.kontor.document.RawDocument;

/** Where the runtime leaves what it cannot go on with: work items with the reason in words. */
public interface Refusals {

  /**
   * A document that {@code Recording} did not take although it was offered alone.
   *
   * @throws io.kontor.failure.TransientFailure when the database itself is at fault
   */
  void refuse(RawDocument document, Exception reason);

  /**
   * Work of a route that failed for good.
   *
   * @param route the id of the route
   * @param code a stable kebab-case word
   * @param reference what it failed on; the route's id where nothing better is known
   * @param reason in words, for a person
   */
  void refuse(String route, String code, String reference, String reason);

  /**
   * A route that does the same work again and again got through it: what it failed on before is
   * over.
   */
  void wentWell(String route);
}
