package io.kontor.posting;

import io.kontor.ledger.Balances;
import io.kontor.ledger.Posting;
import java.util.Comparator;
import java.util.List;

/** What is missing in the ledger. */
final class Difference {

  private static final Comparator<Posting> DEBITS_FIRST =
      Comparator.comparing((Posting posting) -> posting.amount().isNegative())
          .thenComparing(Posting::account)
          .thenComparing(posting -> posting.amount().currency().getCurrencyCode());

  private Difference() {}

  /** What must be posted on top of {@code posted} to stand at {@code target}: debits first. */
  static List<Posting> between(List<Posting> target, Balances posted) {
    return Balances.of(target).less(posted).stream().sorted(DEBITS_FIRST).toList();
  }
}
