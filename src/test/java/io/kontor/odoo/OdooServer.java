package io.kontor.odoo;

import io.kontor.sandbox.SandboxOdoo;

/**
 * An Odoo that the suites run against: the sandbox always, and a real one where the environment
 * names it.
 *
 * @param port how it is reached
 * @param access the database, the user and the key
 */
record OdooServer(OdooPort port, OdooAccess access) {

  static OdooServer of(SandboxOdoo sandbox) {
    return new OdooServer(
        new HttpPort(sandbox.uri().toString()), new OdooAccess("sandbox", "admin", "sandbox-key"));
  }

  /** The one of {@link OnRealOdoo}; the suites write to its database. */
  static OdooServer real() {
    return new OdooServer(
        new HttpPort(System.getenv("KONTOR_ODOO_URL")),
        new OdooAccess(
            System.getenv("KONTOR_ODOO_DB"),
            System.getenv().getOrDefault("KONTOR_ODOO_LOGIN", "admin"),
            System.getenv("KONTOR_ODOO_API_KEY")));
  }
}
