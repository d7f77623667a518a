package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import io.kontor.mapping.Channel;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.mapping.translation.Fault;
import io.kontor.mapping.translation.Translation;
import io.kontor.sales.ReceiptRung;
import io.kontor.store.RawOutcome;
import io.kontor.store.StoredFact;
import java.time.Instant;

/** A raw document and what it was translated to. */
record Translated(RawDocument raw, Channel channel, Translation translation) {

  RawOutcome outcome() {
    return translation.faults().isEmpty() ? RawOutcome.RECORDED : RawOutcome.WAITING;
  }

  /** Why it is not recorded although it was understood. */
  Fault notRecorded(String code, String why) {
    return new Fault(
        code, raw.externalId(), "the document was understood but could not be recorded: " + why);
  }

  /** Why some of its orders are not recorded although it was understood. */
  Fault notRecordedWhole(String code, String why) {
    return new Fault(
        code,
        raw.externalId(),
        "the document was understood, but not all of its orders could be recorded; the others count: "
            + why);
  }

  /** A fact of it as it is stored. */
  StoredFact stored(CanonicalFact fact, Instant recordedAt) {
    String store = fact.fact() instanceof ReceiptRung receipt ? receipt.store() : "";
    return new StoredFact(
        fact.fact().name(),
        fact.fact().order(),
        fact.fact().revision(),
        fact.fact().occurredAt(),
        fact.hash(),
        fact.json(),
        raw.id(),
        recordedAt,
        store);
  }
}
