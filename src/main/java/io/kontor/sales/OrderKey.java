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

  /** Reads what {@link #toString} wrote. */
  public static OrderKey parse(String key) {
    String[] parts = key.split("/", 3);
    return new OrderKey(parts[0], parts[1], parts[2]);
  }

  @Override
  public String toString() {
    return entity + "/" + channel + "/" + order;
  }
}
