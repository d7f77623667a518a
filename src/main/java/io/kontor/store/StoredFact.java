package io.kontor.store;

import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A fact as it is kept.
 *
 * @param revision cut to microseconds, as the database keeps it
 * @param hash of the canonical fact without receipt metadata
 * @param json the canonical fact
 * @param rawId the document that it came in
 * @param store the store of a till's receipt; empty for every other kind
 */
public record StoredFact(
    FactName name,
    OrderKey order,
    Instant revision,
    Instant occurredAt,
    String hash,
    String json,
    String rawId,
    Instant recordedAt,
    String store) {

  public StoredFact {
    revision = revision.truncatedTo(ChronoUnit.MICROS);
    occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
    recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
  }
}
