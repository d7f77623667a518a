package io.kontor.store;

import io.kontor.mapping.Consequence;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to make (or to locate) one delivery until the lease ends.
 *
 * @param generation what was wanted when it was claimed
 * @param attempt never repeats for a delivery: an owner whose attempt is no longer the row's has
 *     lost the claim
 * @param tries how often this generation was tried, this time included
 * @param inDoubt the last call may have taken effect: look by business key first
 * @param sentHash the hash of the content that was last sent; empty if nothing was
 * @param sentReference what the target called it
 */
public record Claim(
    String id,
    Consequence consequence,
    String entity,
    String channel,
    String subject,
    String key,
    long generation,
    String owner,
    long attempt,
    int tries,
    Instant leaseUntil,
    boolean inDoubt,
    Optional<String> sentHash,
    Optional<String> sentReference) {}
