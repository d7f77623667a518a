package io.kontor.odoo;

/** The contract against a real server; it writes to the database it is given. */
@OnRealOdoo
class RealOdooContractTest extends OdooContractTest {

  @Override
  OdooServer server() {
    return OdooServer.real();
  }
}
