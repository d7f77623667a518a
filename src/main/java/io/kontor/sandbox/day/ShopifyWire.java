package io.kontor.sandbox.day;

import io.kontor.sandbox.day.ShopifyBaskets.Cart;
import java.util.Arrays;

/** What the wire does to orders, and what nobody downstream can know. */
final class ShopifyWire {

  private final ShopifyStage stage;

  ShopifyWire(ShopifyStage stage) {
    this.stage = stage;
  }

  void webhookTwice() {
    ShopifyOrder order = stage.open(stage.baskets().some(), true);
    stage.clerk().pay(order, "sale", ShopifyClerk.CARD, order.sale().total(), stage.now());
    byte[] body = ShopifyPieces.bytes(ShopifyOrderJson.write(stage.shop(), order));
    String event = stage.clerk().eventId();
    String id = order.sale().id();
    stage.clerk().hook("orders/create", id, body, event, stage.now().plusSeconds(2), "sent twice");
    stage
        .clerk()
        .hook("orders/create", id, body, event, stage.now().plusSeconds(9), "the same event again");
  }

  void contentTwice() {
    ShopifyOrder order = stage.paid(stage.baskets().some(), "");
    stage
        .clerk()
        .send(
            "updated", order, order.updatedAt().plusSeconds(5), "the same content, another event");
  }

  void unknownSku() {
    ShopifyOrder order =
        stage.paid(Cart.of(Products.unlisted(), 1), "a SKU that Odoo does not know");
    stage
        .book()
        .expect(
            stage.shop().channel(),
            order.sale().id(),
            "unknown-sku",
            "no product has the reference " + Products.unlisted().sku());
  }

  /** An order that arrives cut off, and never again: it is not among the day's orders. */
  void brokenDocument() {
    ShopifyOrder order =
        new ShopifyOrder(stage.baskets().check(stage.baskets().some(), stage.now()), false);
    byte[] whole = ShopifyPieces.bytes(ShopifyOrderJson.write(stage.shop(), order));
    String event = stage.clerk().eventId();
    String webhook =
        stage
            .clerk()
            .hook(
                "orders/create",
                order.sale().id(),
                Arrays.copyOf(whole, whole.length / 2),
                event,
                stage.now().plusSeconds(2),
                "cut off in the middle");
    stage
        .book()
        .expect(stage.shop().channel(), webhook, "not-json", "the document ends in the middle");
  }
}
