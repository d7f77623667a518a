package io.kontor.work.recording;

import io.kontor.mapping.Consequence;
import java.util.Map;
import java.util.Set;

/**
 * What a batch came to.
 *
 * @param byChannel documents that were new, by channel
 * @param repeated documents that had been recorded before
 * @param woken the consequences that have something to deliver now
 */
public record Recorded(Map<String, Long> byChannel, long repeated, Set<Consequence> woken) {}
