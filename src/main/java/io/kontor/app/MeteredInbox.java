package io.kontor.app;

import io.kontor.document.RawDocument;
import io.kontor.work.intake.Inbox;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what an inbox takes, by channel and document. */
final class MeteredInbox implements Inbox {

  private final Inbox inbox;
  private final MeterRegistry meters;

  MeteredInbox(Inbox inbox, MeterRegistry meters) {
    this.inbox = inbox;
    this.meters = meters;
  }

  @Override
  public void put(RawDocument document) {
    inbox.put(document);
    meters
        .counter(
            "kontor.documents.received",
            "channel",
            document.channel(),
            "document",
            document.document())
        .increment();
  }
}
