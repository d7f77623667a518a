package io.kontor.store;

import io.kontor.mapping.Consequence;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery as people see it.
 *
 * @param wanted the newest generation
 * @param sent the generation that was last sent; 0 if none was
 * @param tries how often the present generation was tried
 * @param nextAt when it is due, if it is pending
 * @param errorCode of the last failure; empty if there was none
 */
public record Delivery(
    String id,
    Consequence consequence,
    String entity,
    String channel,
    String subject,
    String key,
    Optional<String> after,
    DeliveryState state,
    long wanted,
    long sent,
    String owner,
    long attempt,
    int tries,
    Instant nextAt,
    Optional<Instant> leaseUntil,
    String errorCode,
    String error,
    Optional<String> sentHash,
    Optional<String> sentReference,
    Instant createdAt,
    Optional<Instant> sentAt) {}
