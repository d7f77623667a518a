package io.kontor.odoo.document;

import io.kontor.document.Sha256;
import java.util.Objects;

/**
 * The customer of an order, with the address that the order goes to. Created where the external id
 * is not there yet, never overwritten: what people have corrected in Odoo stays.
 *
 * @param externalId such as {@code kontor.cust_shopify_207119551}
 * @param country ISO 3166 alpha-2 code; empty or unknown to Odoo: left out
 * @param state the code of a state or province of that country; empty or unknown: left out
 */
public record OdooCustomer(
    String externalId,
    String name,
    String email,
    String phone,
    String street,
    String street2,
    String city,
    String zip,
    String state,
    String country) {

  public OdooCustomer {
    ExternalIds.require(externalId);
    if (Objects.requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("customer %s has no name".formatted(externalId));
    }
    email = orEmpty(email);
    phone = orEmpty(phone);
    street = orEmpty(street);
    street2 = orEmpty(street2);
    city = orEmpty(city);
    zip = orEmpty(zip);
    state = orEmpty(state);
    country = orEmpty(country);
  }

  /** A customer of whom no more than the name is known, such as a till's. */
  public static OdooCustomer named(String externalId, String name) {
    return new OdooCustomer(externalId, name, "", "", "", "", "", "", "", "");
  }

  /** Whether goods can be sent there. */
  public boolean hasAddress() {
    return !(street + city + zip).isEmpty();
  }

  /** The external id of a delivery address of this customer: another one for another address. */
  public String addressId() {
    String address = String.join("\n", name, street, street2, city, zip, state, country);
    return ExternalIds.derived(externalId, "to") + "_" + Sha256.brief(address);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text.strip();
  }
}
