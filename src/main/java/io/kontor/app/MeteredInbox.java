package io.kontor.app;

import io.kontor.document.RawDocument;
import io.kontor.work.intake.Inbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what an inbox takes, by channel and document. Thread-safe. */
final class MeteredInbox implements Inbox {

  private final Inbox inbox;
  private final MeterRegistry meters;
  private final Map<Name, Counter> counters = new ConcurrentHashMap<>();

  private record Name(String channel, String document) {}

  MeteredInbox(Inbox inbox, MeterRegistry meters) {
    this.inbox = inbox;
    this.meters = meters;
  }

  @Override
  public void put(RawDocument document) {
    inbox.put(document);
    counters
        .computeIfAbsent(new Name(document.channel(), document.document()), this::counter)
        .increment();
  }

  private Counter counter(Name name) {
    return meters.counter(
        "kontor.documents.received", "channel", name.channel, "document", name.document);
  }
}
