package io.kontor.sales;

/**
 * The name of a fact, unique for ever: {@code nordwind/shopify/refunded/509562969}.
 *
 * @param entity the legal entity that keeps the books, as in {@code mappings/accounts}
 * @param channel the sales channel, as in {@code mappings/channels}
 * @param externalId the source's own id; unique within entity, channel and kind
 */
public record FactName(String entity, String channel, FactKind kind, String externalId) {

  public FactName {
    if (entity.isBlank() || channel.isBlank() || externalId.isBlank()) {
      throw new IllegalArgumentException(
          "a fact's name needs an entity, a channel and an external id: %s/%s/%s/%s"
              .formatted(entity, channel, kind, externalId));
    }
  }

  /** Reads what {@link #toString} wrote. */
  public static FactName parse(String name) {
    String[] parts = name.split("/", 4);
    return new FactName(parts[0], parts[1], FactKind.of(parts[2]), parts[3]);
  }

  @Override
  public String toString() {
    return entity + "/" + channel + "/" + kind.word() + "/" + externalId;
  }
}
