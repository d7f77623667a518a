package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.money.Money;
import java.util.Objects;

/** What became of one document that was to be in Odoo. */
public sealed interface DeliveryOutcome {

  /** The document's external id. */
  String externalId();

  /**
   * It is there as it was wanted.
   *
   * @param odooId the record's database id
   * @param name Odoo's own number, such as {@code S00042} or {@code KONT/2026/11/0001}
   * @param totalInOdoo an order's total, an entry's sum of debits, read back
   * @param changed false where it was there already and nothing was written
   */
  record Delivered(String externalId, long odooId, String name, Money totalInOdoo, boolean changed)
      implements DeliveryOutcome {}

  /**
   * A person must look at it; nothing was left half done, but an order may stand in Odoo
   * unconfirmed.
   *
   * @param failure rejected or unmapped
   */
  record Refused(String externalId, Failure failure) implements DeliveryOutcome {}

  /** Not this time: give it again later. */
  record Later(String externalId, TransientFailure failure) implements DeliveryOutcome {}

  /** It may be there or not: locate it before it is given again. */
  record InDoubt(String externalId, InDoubtFailure failure) implements DeliveryOutcome {}

  /** The outcome that a failure means for a document. */
  static DeliveryOutcome failed(String externalId, Failure failure) {
    Objects.requireNonNull(externalId, "externalId");
    if (failure instanceof TransientFailure later) {
      return new Later(externalId, later);
    }
    if (failure instanceof InDoubtFailure inDoubt) {
      return new InDoubt(externalId, inDoubt);
    }
    return new Refused(externalId, failure);
  }
}
