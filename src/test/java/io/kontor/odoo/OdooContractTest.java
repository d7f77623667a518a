package io.kontor.odoo;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What an Odoo does, and what Kontor makes of it: the same sentences for the sandbox in both
 * dialects and for a real server. They stand by subject in the interfaces below; who adds a subject
 * adds it here, and it runs everywhere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OdooContractTest
    implements ConnectionContract,
        OrdersContract,
        ReferencesContract,
        CustomersContract,
        TotalsContract,
        EditsContract,
        CancellationsContract,
        EntriesContract,
        SumsContract,
        BooksContract,
        TogetherContract,
        LostAnswersContract {

  private OdooTrial odoo;

  /** The server, ready to be asked. */
  abstract OdooServer server();

  @Override
  public OdooTrial odoo() {
    return odoo;
  }

  @BeforeAll
  void setUpOnce() {
    odoo = OdooTrial.setUp(server());
  }

  @BeforeEach
  void startAfresh() {
    odoo.startAfresh();
  }
}
