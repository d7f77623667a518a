package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.odoo.DeliveryOutcome.Refused;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooOrder;
import org.junit.jupiter.api.Test;

/** Cancellations, ours and other people's. */
interface CancellationsContract extends OdooContract {

  @Test
  default void a_confirmed_order_is_cancelled_once() {
    OdooFixture.OrderDraft draft =
        fixture().german("130").line("1", Item.sku(fixture().tee), "1", "10");
    delivered(draft.total("10.00"));

    OdooOrder cancelled = draft.cancelled().total("10.00");
    assertThat(delivered(cancelled).changed()).isTrue();
    assertThat(located(cancelled).isCancelled()).isTrue();
    assertThat(delivered(cancelled).changed()).isFalse();
  }

  @Test
  default void an_order_cancelled_before_it_arrived_arrives_cancelled() {
    OdooOrder cancelled =
        fixture()
            .german("131")
            .line("1", Item.sku(fixture().tee), "1", "10")
            .cancelled()
            .total("10.00");

    delivered(cancelled);

    assertThat(located(cancelled).isCancelled()).isTrue();
  }

  @Test
  default void an_order_that_people_cancelled_in_odoo_is_for_people() {
    OdooOrder order = fixture().tee("132");
    cancelByHand(delivered(order).odooId());

    assertThat(refused(order).failure().code()).isEqualTo("cancelled-in-odoo");
  }

  @Test
  default void an_order_that_odoo_has_shipped_is_not_cancelled_behind_peoples_backs() {
    OdooFixture.OrderDraft draft =
        fixture().german("133").line("1", Item.sku(fixture().tee), "5", "10");
    long odooId = delivered(draft.total("50.00")).odooId();
    ship(odooId, 3);

    OdooOrder cancelled = draft.cancelled().total("50.00");
    Refused refused = refused(cancelled);

    assertThat(refused.failure().code()).isEqualTo("fulfilled-in-odoo");
    assertThat(refused.failure()).hasMessageContaining("delivered 3 of 'Line 1'");
    assertThat(located(cancelled).isConfirmed()).isTrue();
    // A person has looked, and cancels it by hand.
    cancelByHand(odooId);
    assertThat(delivered(cancelled).changed()).isFalse();
  }
}
