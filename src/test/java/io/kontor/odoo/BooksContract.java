package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import io.kontor.failure.UnmappedFailure;
import io.kontor.ledger.Account;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import io.kontor.work.batch.OdooBooks;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a batch of entries meets: days that a company has closed, names that Odoo lacks. */
interface BooksContract extends OdooContract {

  @Test
  default void the_days_that_a_company_has_closed_are_read() {
    assertThat(entries().locks(OdooFixture.DE, "KONT").through()).isEmpty();
    long company = new References(client()).company(OdooFixture.DE);
    lockBooks(company, "2020-06-30");
    try {
      OdooLocks locks = entries().locks(OdooFixture.DE, "KONT");
      assertThat(locks.through()).contains(LocalDate.of(2020, 6, 30));
      assertThat(locks.reason()).isEqualTo("fiscalyear_lock_date is 2020-06-30");
    } finally {
      lockBooks(company, false);
    }
    assertThat(entries().locks(OdooFixture.DE, "KONT").through()).isEmpty();
  }

  @Test
  default void a_batch_with_an_entry_of_a_closed_day_is_refused_whole_before_anything_is_sent() {
    Entity entity = keeper();
    OdooBooks books = new OdooBooks(() -> entries());
    BookEntry there = bookEntry("250", LocalDate.of(2020, 6, 15));
    books.post(entity, "b1", "hash", List.of(there), () -> {});
    long company = new References(client()).company(OdooFixture.DE);
    lockBooks(company, "2020-06-30");
    try {
      BookEntry open = bookEntry("251", LocalDate.of(2020, 7, 2));
      BookEntry closed = bookEntry("252", LocalDate.of(2020, 6, 20));
      long loads = port().calls("account.move.load");

      assertThatThrownBy(() -> books.post(entity, "b2", "hash", List.of(open, closed), () -> {}))
          .isInstanceOf(RejectedFailure.class)
          .hasMessageContaining("through 2020-06-30 (fiscalyear_lock_date is 2020-06-30)")
          .hasMessageContaining(closed.reference())
          .extracting(failure -> ((RejectedFailure) failure).code())
          .isEqualTo("period-locked");

      assertThat(port().calls("account.move.load")).isEqualTo(loads);
      assertThat(books.lockedThrough(entity)).contains(LocalDate.of(2020, 6, 30));
      // What was posted while the day was open stays posted, and is found.
      assertThat(books.post(entity, "b1", "hash", List.of(there, open), () -> {}))
          .isEqualTo("2 moves");
      assertThat(port().calls("account.move.load")).isEqualTo(loads + 1);
    } finally {
      lockBooks(company, false);
    }
  }

  @Test
  default void a_batch_that_names_what_odoo_lacks_is_refused_whole_before_anything_is_sent() {
    OdooBooks books = new OdooBooks(() -> entries());
    BookEntry good = bookEntry("253", LocalDate.of(2020, 7, 3));
    BookEntry unknown = entry("254", "000000", Money.of("4.00", "EUR"));
    BookEntry inactive = entry("255", "179001", Money.of("480", "XPF"));
    long loads = port().calls("account.move.load");

    assertThatThrownBy(() -> books.post(keeper(), "b3", "hash", List.of(good, unknown), () -> {}))
        .isInstanceOf(UnmappedFailure.class)
        .hasMessageContaining("'000000'");
    assertThatThrownBy(() -> books.post(keeper(), "b4", "hash", List.of(good, inactive), () -> {}))
        .isInstanceOf(UnmappedFailure.class)
        .hasMessageContaining("XPF is not active");

    assertThat(port().calls("account.move.load")).isEqualTo(loads);
  }

  private BookEntry entry(String number, String code, Money amount) {
    Money functional = Money.of("4.00", "EUR");
    return new BookEntry(
        number + "-" + fixture().suffix,
        LocalDate.of(2020, 7, 3),
        "entry " + number,
        amount.currency(),
        List.of(
            new BookEntry.Line(new Account("clearing"), code, "", "", "", amount, functional),
            new BookEntry.Line(
                new Account("revenue.goods"),
                "479001",
                "",
                "",
                "",
                amount.negated(),
                functional.negated())));
  }

  private Entity keeper() {
    return new Entity(
        "books" + fixture().suffix,
        "Contract Suite GmbH",
        ZoneId.of("Europe/Berlin"),
        OdooFixture.EUR,
        "kontor.company_test_de",
        "KONT",
        "kontor.tax_test_de_0",
        List.of(),
        new Chart(List.of()));
  }

  private BookEntry bookEntry(String number, LocalDate date) {
    return new BookEntry(
        number + "-" + fixture().suffix,
        date,
        "entry " + number,
        OdooFixture.EUR,
        List.of(
            bookLine("clearing", "179001", "4.00"),
            // Twice one account, as an entry of its own may have it.
            bookLine("revenue.goods", "479001", "-3.00"),
            bookLine("revenue.goods", "479001", "-1.00")));
  }

  private static BookEntry.Line bookLine(String role, String code, String euros) {
    Money amount = Money.of(euros, "EUR");
    return new BookEntry.Line(new Account(role), code, "", "", "", amount, amount);
  }

  private void lockBooks(long company, Object day) {
    write("res.company", company, Map.of("fiscalyear_lock_date", day));
  }
}
