package io.kontor.work.recording;

/**
 * What reading documents again did to the facts.
 *
 * @param unchanged facts that came out as they were
 * @param changed facts that another content took the place of
 * @param added facts that were not known
 * @param missing facts that today's mappings do not make any more: they stay
 * @param moved facts that would belong to another order now: they stay where they are
 * @param entries journal entries that make the difference
 * @param brought orders, refunds and tills that are brought to Odoo anew although no fact changed
 */
public record Replayed(
    long unchanged,
    long changed,
    long added,
    long missing,
    long moved,
    long entries,
    long brought) {

  /** Whether anything is other than before. */
  public boolean changesSomething() {
    return changed + added + entries + brought > 0;
  }
}
