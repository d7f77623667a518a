package io.kontor.app;

import io.kontor.mapping.Mappings;
import io.kontor.store.Store;
import io.kontor.work.batch.BatchReview;
import io.kontor.work.batch.DeskFindings;
import io.kontor.work.night.BatchProposals;
import io.kontor.work.night.Night;
import io.kontor.work.night.NightCalendar;
import io.kontor.work.night.NightProgress;
import io.kontor.work.night.Sealer;
import io.kontor.work.settlement.Reconciliation;
import java.time.Clock;

/**
 * The nights of a hub, and what they share with the hub's days.
 *
 * @param calendar which nights are due
 * @param sealer seals what was recorded, by night and by day
 * @param progress tells people how far the night is that is run
 */
record HubNights(Night night, NightCalendar calendar, Sealer sealer, NightProgress progress) {

  /**
   * @param node the hub's name among those that share its database
   */
  static HubNights of(
      Settings.Night settings,
      String node,
      Store store,
      Mappings mappings,
      HubBooks books,
      Reconciliation reconciliation,
      Clock clock) {
    Sealer sealer = new Sealer(store.database(), store.journal(), mappings);
    NightProgress progress = new NightProgress();
    BatchProposals proposals =
        new BatchProposals(
            store,
            mappings,
            new BatchReview(store, new DeskFindings(store.workItems())),
            books.approvals(),
            books.periods(),
            reconciliation,
            sealer,
            progress);
    NightCalendar calendar =
        new NightCalendar(store.database(), store.nights(), mappings, settings.at(), clock);
    Night night =
        new Night(store.database(), store.nights(), store.desk(), proposals, calendar, node);
    return new HubNights(night, calendar, sealer, progress);
  }
}
