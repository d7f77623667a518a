package io.kontor.store;

import io.kontor.money.Money;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A settlement's header.
 *
 * @param settlementId the channel's own id of it
 * @param contentHash of the file: the same id with another hash is a corrected statement
 * @param importId under which its lines are stored
 * @param state a word of work's choosing, for how far it is: booked, say
 * @param rawId the document it came in
 */
public record Settlement(
    String entity,
    String channel,
    String settlementId,
    String contentHash,
    long importId,
    String state,
    Instant from,
    Instant to,
    Optional<Instant> paidOn,
    Money total,
    long lines,
    String rawId) {

  /** How the content hash of one begins that somebody took back. */
  public static final String WITHDRAWN = "withdrawn-";

  /** Whether it counts with nothing, because it should not have been imported. */
  public boolean isWithdrawn() {
    return contentHash.startsWith(WITHDRAWN);
  }

  /** Under which its facts and its entries stand. */
  public OrderKey orderKey() {
    return new OrderKey(entity, channel, settlementId);
  }

  /** The fact that it was received. */
  public FactName factName() {
    return new FactName(entity, channel, FactKind.SETTLEMENT_RECEIVED, settlementId);
  }
}
