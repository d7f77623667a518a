package io.kontor.sandbox.day;

import java.util.Map;

/** How a document reaches the hub. */
public sealed interface Delivery {

  /**
   * Posted to {@code /hooks/<channel>/<document>}.
   *
   * @param headers what the vendor sends but for the signature, which needs a secret
   */
  record Webhook(String topic, String eventId, Map<String, String> headers) implements Delivery {

    public Webhook {
      headers = Map.copyOf(headers);
    }
  }

  /** Laid into {@code inbox/<channel>/<document>/}. */
  record FileDrop() implements Delivery {}
}
