package io.kontor.odoo;

/** The wire of a real server; it writes to the database it is given. */
@OnRealOdoo
class RealOdooWireTest extends OdooWireTest {

  @Override
  OdooServer server() {
    return OdooServer.real();
  }
}
