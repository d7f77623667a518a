package io.kontor.sandbox.day;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A day in a Shopify shop: one scene after the other, most of them quite ordinary. */
final class ShopifyDay {

  private final ShopifyStage stage;
  private final ShopifyScenes scenes;
  private final ShopifyRegrets regrets;
  private final ShopifyWire wire;

  ShopifyDay(ShopifyShop shop, LocalDate day, Dice dice, DayBook book) {
    this.stage = new ShopifyStage(shop, day, dice, book);
    this.scenes = new ShopifyScenes(stage);
    this.regrets = new ShopifyRegrets(stage);
    this.wire = new ShopifyWire(stage);
  }

  /** Plays {@code orders} orders; every kind of scene once or more, the rest ordinary ones. */
  ControlTotals play(int orders) {
    List<Runnable> played = new ArrayList<>(everywhere());
    played.addAll(stage.shop().taxIncluded() ? europe() : america());
    for (int i = played.size(); i < orders; i++) {
      played.add(i % 3 == 0 ? scenes::ordinaryAndSentLater : scenes::ordinary);
    }
    // scatter the special among the ordinary, the same way for the same seed
    for (int i = played.size() - 1; i > 0; i--) {
      played.add(played.remove(stage.dice().between(0, i)));
    }
    int minutes = 20 * 60 / played.size();
    for (Runnable scene : played) {
      scene.run();
      stage.pass(minutes);
    }
    return stage.clerk().totals();
  }

  private List<Runnable> everywhere() {
    return List.of(
        scenes::authorisedOnly,
        scenes::authorisedThenCaptured,
        scenes::authorisedThenCaptured,
        scenes::declinedThenPaid,
        () -> scenes.discounted(10),
        () -> scenes.discounted(15),
        () -> scenes.discounted(33),
        scenes::freeFreight,
        scenes::split,
        scenes::bankTransferOpen,
        scenes::guest,
        scenes::giftCardSold,
        regrets::refundedWhole,
        regrets::refundedByLine,
        regrets::refundedByAmount,
        regrets::cancelledAfterPayment,
        regrets::cancelledUnpaid,
        regrets::editedBeforeDelivery,
        wire::webhookTwice);
  }

  private List<Runnable> america() {
    return List.of(
        regrets::freightRefunded,
        regrets::refundAboveCaptured,
        regrets::refundBeforeOrder,
        regrets::lineTakenOff,
        wire::unknownSku,
        wire::contentTwice,
        wire::brokenDocument,
        scenes::giftCardRedeemed,
        scenes::authorisedOnly,
        scenes::authorisedOnly,
        scenes::split,
        () -> scenes.discounted(20));
  }

  private List<Runnable> europe() {
    return List.of(scenes::manyLines, scenes::manyLines, scenes::booksOnly);
  }
}
