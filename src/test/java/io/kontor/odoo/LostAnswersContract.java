package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.DeliveryOutcome.InDoubt;
import io.kontor.odoo.DeliveryOutcome.Later;
import io.kontor.odoo.document.OdooEntry;
import io.kontor.odoo.document.OdooOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that were not answered, or never sent. */
interface LostAnswersContract extends OdooContract {

  @Test
  default void an_order_whose_load_was_not_answered_is_in_doubt_and_can_be_located() {
    OdooOrder order = fixture().tee("160");
    port().loseReplyOf("sale.order.load");

    assertThat(outcome(order)).isInstanceOf(InDoubt.class);
    assertThat(located(order).isQuotation()).isTrue();
    assertThat(delivered(order).totalInOdoo()).isEqualTo(Money.of("10.00", "EUR"));
  }

  @Test
  default void an_order_that_was_never_sent_comes_later() {
    OdooOrder order = fixture().tee("161");
    port().loseRequestOf("sale.order.load");

    assertThat(outcome(order)).isInstanceOf(Later.class);
    assertThat(orders().find(List.of(order.externalId()))).isEmpty();
    delivered(order);
  }

  @Test
  default void a_confirmation_that_was_not_answered_is_found_done() {
    OdooOrder order = fixture().tee("162");
    port().loseReplyOf("sale.order.action_confirm");

    assertThat(outcome(order)).isInstanceOf(InDoubt.class);
    assertThat(located(order).isConfirmed()).isTrue();
    port().forget();
    delivered(order);
    assertThat(port().calls("sale.order.action_confirm")).isZero();
    // What was left to do is the date, which confirming had set to the moment.
    assertThat(located(order).date()).isEqualTo(order.date());
    assertThat(delivered(order).changed()).isFalse();
  }

  @Test
  default void a_posting_that_was_not_answered_is_found_done() {
    OdooEntry entry = fixture().sale("240", "1.00");
    port().loseReplyOf("account.move.action_post");

    assertThat(outcome(entry)).isInstanceOf(InDoubt.class);
    assertThat(located(entry).isPosted()).isTrue();
    assertThat(delivered(entry).changed()).isFalse();
  }

  @Test
  default void a_draft_left_behind_is_posted() {
    OdooEntry entry = fixture().sale("250", "1.00");
    port().loseRequestOf("account.move.action_post");

    assertThat(outcome(entry)).isInstanceOf(Later.class);
    assertThat(located(entry).isDraft()).isTrue();
    assertThat(outcome(entry)).isInstanceOf(Delivered.class);
  }
}
