package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.books.HledgerJournal;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Entity;
import io.kontor.store.JournalFilter;
import io.kontor.store.PostingBatch;
import io.kontor.work.batch.Approvals;
import io.kontor.work.batch.BatchSheets;
import io.kontor.work.batch.Rejections;
import io.kontor.work.batch.Reversals;
import io.kontor.work.night.Night;
import io.kontor.work.night.NightCalendar;
import io.kontor.work.night.NightProgress;
import io.kontor.work.proof.JournalExport;
import io.kontor.work.proof.Proof;
import io.kontor.work.proof.ProofProgress;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What finance works with: the night, batches, approvals, the proof, the journal. */
public final class BooksPart {

  private final Night night;
  private final NightCalendar calendar;
  private final Approvals approvals;
  private final Rejections rejections;
  private final Proof proof;
  private final JournalExport journal;
  private final BatchSheets sheets;
  private final Reversals reversals;
  private final NightProgress progress;
  private final Clock clock;

  public BooksPart(
      Night night,
      NightCalendar calendar,
      NightProgress progress,
      Approvals approvals,
      Rejections rejections,
      BatchSheets sheets,
      Reversals reversals,
      Proof proof,
      JournalExport journal,
      Clock clock) {
    this.night = night;
    this.calendar = calendar;
    this.progress = progress;
    this.approvals = approvals;
    this.rejections = rejections;
    this.sheets = sheets;
    this.reversals = reversals;
    this.proof = proof;
    this.journal = journal;
    this.clock = clock;
  }

  Reply batches(Request request) {
    if (request.path().size() == 1) {
      Set<PostingBatch.State> states =
          request
              .parameter("state")
              .map(state -> (Set<PostingBatch.State>) EnumSet.of(PostingBatch.State.of(state)))
              .orElse(EnumSet.allOf(PostingBatch.State.class));
      return Reply.json(Views.list(approvals.list(states), Views::batch));
    }
    if (request.path().get(1).equals("show")) {
      return sheet(request);
    }
    if (request.path().get(1).equals("reversal")) {
      return reversal(request);
    }
    request.needs("finance");
    String id = request.required("id");
    if (request.path().get(1).equals("approve")) {
      approvals.approve(id, request.required("hash"), request.actor(), request.field("note"));
    } else {
      rejections.reject(id, request.actor(), request.required("note"));
    }
    return Reply.json(Views.batch(approvals.find(id).orElseThrow()));
  }

  /** The batches that are neither posted nor rejected. */
  JsonNode open() {
    return Views.list(
        approvals.list(
            EnumSet.of(
                PostingBatch.State.PROPOSED,
                PostingBatch.State.WAITING,
                PostingBatch.State.APPROVED)),
        Views::batch);
  }

  Reply settle(Request request) {
    request.needs("finance", "operator", "engineer");
    LocalDate date = date(request.field("date"));
    List<PostingBatch> proposed = new ArrayList<>();
    for (String entity : calendar.entities(request.field("entity"))) {
      proposed.addAll(
          night.settle(entity, date == null ? calendar.yesterday(entity) : date, request.actor()));
    }
    return Reply.json(Views.list(proposed, Views::batch));
  }

  /** What a batch puts into the books. */
  private Reply sheet(Request request) {
    BatchSheets.Sheet sheet =
        sheets.of(batch(request), request.parameter("book").map(BooksPart::book));
    return switch (request.parameter("format").orElse("json")) {
      case "json" -> Reply.json(BatchViews.sheet(sheet));
      case "html" -> BatchPage.of(BatchViews.sheet(sheet));
      case "hledger" -> hledger(sheet.entries());
      default -> throw new IllegalArgumentException("the formats are json, html and hledger");
    };
  }

  private static String batch(Request request) {
    return request
        .parameter("id")
        .orElseThrow(() -> new IllegalArgumentException("which batch? ?id=…"));
  }

  private static Reply hledger(List<BookEntry> entries) {
    return Reply.text("text/plain; charset=utf-8", HledgerJournal.ofBook(entries));
  }

  /** What would take a posted batch back; for people who read hledger, as such. */
  private Reply reversal(Request request) {
    Reversals.Preview preview =
        reversals.preview(
            batch(request),
            request.parameter("book").map(BooksPart::book),
            request.parameter("date").map(Request::day));
    return switch (request.parameter("format").orElse("json")) {
      case "json" -> Reply.json(BatchViews.reversal(preview));
      case "hledger" -> hledger(preview.entries());
      default -> throw new IllegalArgumentException("the formats are json and hledger");
    };
  }

  Reply nights(Request request) {
    return Reply.json(
        request.path().size() == 2
            ? NightViews.progress(progress.running())
            : NightViews.status(calendar.status(), clock.instant()));
  }

  Reply tieOut(Request request) {
    if (request.path().size() == 2) {
      return Reply.json(Views.list(proof.progress().running().stream().toList(), BooksPart::step));
    }
    JsonNode view = Views.tieOut(proof.tieOut());
    return request.isForPage() ? TieOutPage.of(view) : Reply.json(view);
  }

  private static ObjectNode step(ProofProgress.Step step) {
    return Views.object()
        .put("what", step.what())
        .put("done", step.done())
        .put("steps", step.all());
  }

  Reply journal(Request request) {
    JournalFilter filter = JournalFilter.all();
    filter = request.parameter("entity").map(filter::entity).orElse(filter);
    filter = request.parameter("from").map(LocalDate::parse).map(filter::from).orElse(filter);
    filter = request.parameter("to").map(LocalDate::parse).map(filter::upTo).orElse(filter);
    return switch (request.parameter("format").orElse("hledger")) {
      case "hledger" -> Reply.text("text/plain; charset=utf-8", journal.hledger(filter));
      case "csv" -> Reply.text("text/csv; charset=utf-8", journal.csv(filter));
      default -> throw new IllegalArgumentException("the formats are hledger and csv");
    };
  }

  private static Entity.Target book(String word) {
    return Arrays.stream(Entity.Target.values())
        .filter(target -> target.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no %s book; there are odoo and file".formatted(word)));
  }

  private static LocalDate date(String text) {
    return text.isBlank() ? null : Request.day(text);
  }
}
