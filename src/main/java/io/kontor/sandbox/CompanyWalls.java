package io.kontor.sandbox;

/** What Odoo says when a record of another company is in play. */
final class CompanyWalls {

  private CompanyWalls() {}

  /** The refusal of a record that points to another company's. */
  static OdooFault crossing(Env env, String record, int company, Field field, Row other) {
    Env all = env.sudo();
    return OdooFault.user(
        """
        Uh-oh! You’ve got some company inconsistencies here:
        - “%s” belongs to company “%s” while “%s” (%s: '%s') belongs to another company.
        To avoid a mess, no company crossover is allowed!"""
            .formatted(
                record,
                all.displayName("res.company", company),
                field.label(),
                field.name(),
                all.displayName(other.model(), other.id())));
  }

  /** The refusal of a record that the call may not see. */
  static OdooFault hidden(Env env, Row row, String operation) {
    Env all = env.sudo();
    Integer owner = env.model(row.model()).has("company_id") ? all.id(row, "company_id") : null;
    String company = owner == null ? "" : all.displayName("res.company", owner);
    return OdooFault.access(
        """
        Uh-oh! Looks like you have stumbled upon some top-secret records.

        Sorry, Administrator (id=%d) doesn't have '%s' access to:
        - %s (%s)

        If you really, really need access, perhaps you can win over your friendly administrator \
        with a batch of freshly baked cookies.

        This seems to be a multi-company issue, you might be able to access the record by \
        switching to the company: %s."""
            .formatted(
                Env.USER, operation, env.model(row.model()).description(), row.model(), company));
  }
}
