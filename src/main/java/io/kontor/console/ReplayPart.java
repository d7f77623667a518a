package io.kontor.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Mappings;
import io.kontor.store.Replayable;
import io.kontor.work.recording.Replay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Reading documents again: {@code /api/replay}. One request is one page; {@code next} of the answer
 * is {@code after} of the next request, until it is {@code end}.
 */
public final class ReplayPart implements ConsoleApi.Part {

  private final Replay replay;
  private final Mappings mappings;

  public ReplayPart(Replay replay, Mappings mappings) {
    this.replay = replay;
    this.mappings = mappings;
  }

  @Override
  public Reply answer(Request request) {
    request.needs("engineer", "finance");
    Replayable.Selection selection =
        new Replayable.Selection(
            text(request, "channel"),
            text(request, "document"),
            text(request, "id"),
            text(request, "from").map(from -> instant("from", from, 0)),
            text(request, "to").map(to -> instant("to", to, 1)));
    selection
        .channel()
        .map(mappings::requireChannel)
        .ifPresent(channel -> selection.document().ifPresent(channel::requireDocument));
    boolean apply = request.field("apply").equals("true");
    String after = request.field("after");
    ObjectNode view = Views.object().put("applied", apply);
    if (after.isEmpty()) {
      Replayable.Size size = replay.size(selection);
      if (size.documents() == 0) {
        throw new RejectedFailure(
            "unknown-document",
            "replay",
            size.purged() == 0
                ? "no recorded document is meant by that"
                : "the %d documents that are meant were removed when their retention ended"
                    .formatted(size.purged()));
      }
      view.put("allDocuments", size.documents())
          .put("allOrders", size.orders())
          .put("purged", size.purged());
    }
    Replay.Page page = replay.page(selection, after, apply, request.actor());
    view.put("next", page.next())
        .put("documents", page.documents())
        .put("refused", page.refused())
        .put("statements", page.statements())
        .put("orders", page.orders())
        .put("unchanged", page.facts().unchanged())
        .put("changed", page.facts().changed())
        .put("added", page.facts().added())
        .put("missing", page.facts().missing())
        .put("moved", page.facts().moved())
        .put("entries", page.facts().entries())
        .put("brought", page.facts().brought());
    view.set(
        "journal",
        Views.list(
            page.journal(),
            posting ->
                Views.object()
                    .put("account", posting.account().path())
                    .put("amount", posting.amount().plain())
                    .put("currency", posting.amount().currency().getCurrencyCode())));
    return Reply.json(view);
  }

  private static Optional<String> text(Request request, String field) {
    return Optional.of(request.field(field)).filter(text -> !text.isBlank());
  }

  /** An instant, or a day in UTC: from its beginning, or up to its end. */
  private static Instant instant(String field, String text, int daysMore) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).plusDays(daysMore).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'%s' must be a day (2026-11-20) or an instant (2026-11-20T09:00:00Z), not '%s'"
              .formatted(field, text),
          e);
    }
  }
}
