package io.kontor.odoo.document;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A company of the Odoo database, by external id ({@code base.main_company}) or by name.
 *
 * @param reference an external id (one dot, no blanks) or else the company's exact name
 * @param zeroTax external id of a tax of this company with rate zero, which rounding lines carry
 */
public record OdooCompany(String reference, String zeroTax) {

  private static final Pattern EXTERNAL_ID = Pattern.compile("[a-zA-Z0-9_]+\\.[a-zA-Z0-9_-]+");

  public OdooCompany {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(zeroTax, "zeroTax");
  }

  /** Whether the reference is an external id, and not the company's name. */
  public boolean isExternalId() {
    return EXTERNAL_ID.matcher(reference).matches();
  }
}
