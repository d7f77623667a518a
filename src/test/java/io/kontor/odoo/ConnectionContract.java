package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import org.junit.jupiter.api.Test;

/** Connecting to a server, and setting a database up. */
interface ConnectionContract extends OdooContract {

  @Test
  default void a_wrong_key_is_refused_by_name() {
    OdooAccess wrong =
        new OdooAccess(
            odoo().server.access().database(), odoo().server.access().login(), "no-such-key");

    assertThatThrownBy(() -> OdooClient.connect(port(), wrong))
        .isInstanceOf(RejectedFailure.class)
        .extracting("code")
        .isEqualTo("odoo-access-denied");
  }

  @Test
  default void an_unknown_database_is_refused_by_name() {
    OdooAccess wrong =
        new OdooAccess(
            "no_such_database", odoo().server.access().login(), odoo().server.access().apiKey());

    assertThatThrownBy(() -> OdooClient.connect(port(), wrong))
        .isInstanceOf(RejectedFailure.class)
        .extracting("code")
        .isEqualTo("odoo-unknown-database");
  }

  @Test
  default void setting_up_a_second_time_creates_nothing() {
    assertThat(new OdooSetup(client()).ensure(fixture().plan())).isEmpty();
    assertThat(port().calls("res.company.load")).isZero();
  }
}
