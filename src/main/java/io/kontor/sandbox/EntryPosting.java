package io.kontor.sandbox;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Posting of entries: they get a number of their journal, and a date that is open. */
final class EntryPosting {

  /** The name of a draft before Odoo 19. */
  static final String NAMELESS = "/";

  private EntryPosting() {}

  /**
   * Posts drafts: all of them, or none and every reason.
   *
   * @throws OdooFault if one is no draft or has no lines
   */
  static Object post(Env env, List<Integer> ids) {
    Set<String> faults = new LinkedHashSet<>();
    for (int id : ids) {
      Row move = env.row("account.move", id);
      if (!"draft".equals(move.get("state"))) {
        faults.add("The entry %s (id %d) must be in draft.".formatted(env.text(move, "name"), id));
      }
      if (env.ids(move, "line_ids").isEmpty()) {
        faults.add(
            env.version() == OdooVersion.V18
                ? "You need to add a line before posting."
                : "Even magicians can't post nothing!");
      }
      closedAccount(env, move).ifPresent(faults::add);
    }
    if (!faults.isEmpty()) {
      throw OdooFault.user(String.join("\n", faults));
    }
    for (int id : ids) {
      Row move = env.row("account.move", id);
      LocalDate date = LockDates.open(env, move);
      if (!date.toString().equals(move.get("date"))) {
        env.write("account.move", id, Map.of("date", date.toString()));
      }
      String name = nameless(env, move) ? number(env, move, date) : env.text(move, "name");
      env.write("account.move", id, Map.of("state", "posted", "name", name, "posted_before", true));
    }
    return false;
  }

  private static Optional<String> closedAccount(Env env, Row move) {
    boolean deprecates = env.version() == OdooVersion.V18;
    return env.rows(move, "line_ids").stream()
        .map(line -> env.to(line, "account_id"))
        .filter(Objects::nonNull)
        .filter(
            account ->
                deprecates ? env.truth(account, "deprecated") : !env.truth(account, "active"))
        .findFirst()
        .map(
            account ->
                deprecates
                    ? "A line of this move is using a deprecated account, you cannot post it."
                    : "The account %s (%s) is archived."
                        .formatted(env.text(account, "name"), env.text(account, "code")));
  }

  /** Takes entries back to draft, unless their period is locked. */
  static Object draft(Env env, List<Integer> ids) {
    for (int id : ids) {
      if ("draft".equals(env.row("account.move", id).get("state"))) {
        throw OdooFault.user("Only posted/cancelled journal entries can be reset to draft.");
      }
      env.write("account.move", id, Map.of("state", "draft"));
    }
    return null;
  }

  /** Whether an entry has no number yet. */
  static boolean nameless(Env env, Row move) {
    String name = env.text(move, "name");
    return name.isEmpty() || name.equals(NAMELESS);
  }

  private static String number(Env env, Row move, LocalDate date) {
    Row journal = env.to(move, "journal_id");
    String code = env.text(journal, "code");
    boolean monthly = !Set.of("sale", "bank", "cash", "credit").contains(env.text(journal, "type"));
    String prefix =
        monthly
            ? "%s/%d/%02d".formatted(code, date.getYear(), date.getMonthValue())
            : "%s/%d".formatted(code, date.getYear());
    int next = env.odoo().records().next("sequence:" + journal.id() + ":" + prefix);
    return prefix + (monthly ? "/%04d" : "/%05d").formatted(next);
  }
}
