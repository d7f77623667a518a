package io.kontor.odoo;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The wire of a real server, where one is named; it writes to the database it is given. */
@EnabledIfEnvironmentVariable(named = "KONTOR_ODOO_URL", matches = ".+")
@EnabledIfEnvironmentVariable(named = "KONTOR_ODOO_DB", matches = ".+")
@EnabledIfEnvironmentVariable(named = "KONTOR_ODOO_API_KEY", matches = ".+")
class RealOdooWireTest extends OdooWireTest {

  @Override
  OdooPort server() {
    return new HttpPort(System.getenv("KONTOR_ODOO_URL"));
  }

  @Override
  OdooAccess access() {
    return new OdooAccess(
        System.getenv("KONTOR_ODOO_DB"),
        System.getenv().getOrDefault("KONTOR_ODOO_LOGIN", "admin"),
        System.getenv("KONTOR_ODOO_API_KEY"));
  }
}
