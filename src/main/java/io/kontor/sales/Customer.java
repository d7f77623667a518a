package io.kontor.sales;

/**
 * Who bought.
 *
 * @param externalId the channel's id, or {@link #GUEST}
 * @param email may be empty
 * @param country ISO 3166 code in lower case where the goods arrive, with a region behind it where
 *     that is known, {@code us-ky}; may be empty
 */
public record Customer(
    String externalId,
    String name,
    String email,
    String street,
    String city,
    String postcode,
    String country) {

  /** Whoever bought without an account: many people. */
  public static final String GUEST = "guest";

  /** What is left when nothing is to be known any longer of who it is. */
  public Customer forgotten() {
    return new Customer(externalId, "", "", "", "", "", country);
  }
}
