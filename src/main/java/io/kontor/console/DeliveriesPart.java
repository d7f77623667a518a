package io.kontor.console;

import io.kontor.work.delivery.Redelivery;

/** What was delivered and is to be delivered once more: {@code /api/deliveries/again}. */
public final class DeliveriesPart implements ConsoleApi.Part {

  private final Redelivery redelivery;

  public DeliveriesPart(Redelivery redelivery) {
    this.redelivery = redelivery;
  }

  @Override
  public Reply answer(Request request) {
    request.needs("finance", "operator", "engineer");
    String subject = request.required("subject");
    return Reply.json(
        Views.object()
            .put("subject", subject)
            .set("deliveries", Views.texts(redelivery.again(subject, request.actor()))));
  }
}
