package io.kontor.odoo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Odoo's contexts: what goes with a call without being an argument of it. */
final class Contexts {

  /**
   * Saves 10 to 15 per cent of a write: no chatter, no tracking, no followers. And {@code load}
   * takes a time to be of the zone that its context names, else of the user's own: ours are UTC.
   */
  static final Map<String, Object> QUIET =
      Map.of(
          "tz",
          "UTC",
          "tracking_disable",
          true,
          "mail_create_nolog",
          true,
          "mail_create_nosubscribe",
          true,
          "mail_notrack",
          true);

  private Contexts() {}

  /** The context of every call for a company: it alone says which company a record belongs to. */
  static Map<String, Object> ofCompany(long company) {
    return with(QUIET, "allowed_company_ids", List.of(company));
  }

  /** The same, for a search that finds what was archived too. */
  static Map<String, Object> archivedToo(Map<String, Object> context) {
    return with(context, "active_test", false);
  }

  static Map<String, Object> with(Map<String, Object> context, String key, Object value) {
    Map<String, Object> longer = new HashMap<>(context);
    longer.put(key, value);
    return Map.copyOf(longer);
  }
}
