package io.kontor.app;

import io.kontor.flow.Refusal;
import io.kontor.mapping.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the webhooks that channels sent and that were refused, and says it now and then: a secret
 * that was rotated at one end only looks like a day without orders. Thread-safe.
 */
final class RefusedWebhooks implements BiConsumer<String, Refusal> {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedWebhooks.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final MeterRegistry meters;
  private final Map<Name, Long> saidAt = new ConcurrentHashMap<>();

  private record Name(String channel, String error) {}

  RefusedWebhooks(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Says of which channels all webhooks will be refused. */
  static void sayWhereSecretsAreMissing(
      Map<String, Channel> channels, Function<String, Optional<String>> secrets) {
    channels.forEach(
        (id, channel) ->
            channel
                .signature()
                .map(Channel.Signature::secrets)
                .filter(names -> names.stream().allMatch(name -> secrets.apply(name).isEmpty()))
                .ifPresent(
                    names ->
                        LOG.warn(
                            "Webhooks of {} are refused until there is a kontor.secret.{}",
                            id,
                            String.join(" or kontor.secret.", names))));
  }

  @Override
  public void accept(String channel, Refusal refusal) {
    meters
        .counter("kontor.webhooks.refused", "channel", channel, "error", refusal.error())
        .increment();
    long now = System.nanoTime();
    Name name = new Name(channel, refusal.error());
    Long before = saidAt.get(name);
    if (before == null || now - before > PAUSE) {
      saidAt.put(name, now);
      LOG.warn("A webhook of {} was refused: {}", channel, refusal.getMessage());
    }
  }
}
