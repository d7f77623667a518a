package io.kontor.sales;

/** One order (or receipt, or settlement) of one channel of one entity. */
public record OrderKey(String entity, String channel, String order) {

  public OrderKey {
    if (entity.isBlank() || channel.isBlank() || order.isBlank()) {
      throw new IllegalArgumentException(
          "an order's key needs an entity, a channel and an order: %s/%s/%s"
              .formatted(entity, channel, order));
    }
  }

  @Override
  public String toString() {
    return entity + "/" + channel + "/" + order;
  }
}
