package io.kontor.work;

import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Entity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A set of books outside, which entries are posted to and which is asked what it holds. */
public interface Books {

  Entity.Target target();

  /**
   * Posts the entries of a batch, all of them or none that counts; what is there already stays.
   *
   * @param batch the batch's id
   * @param hash what the approval is bound to
   * @return what the books call them
   * @throws io.kontor.failure.Failure if they could not be posted, or if that is not known
   */
  String post(Entity entity, String batch, String hash, List<BookEntry> entries);

  /**
   * What the books say they hold of Kontor's entries, by account code: a debit is positive.
   *
   * @throws io.kontor.failure.Failure if they cannot be asked
   */
  Map<String, BigDecimal> balances(Entity entity, LocalDate upTo);
}
