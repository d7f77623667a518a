package io.kontor.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.kontor.store.PostingBatch;
import io.kontor.work.Approvals;
import io.kontor.work.JournalExport;
import io.kontor.work.Night;
import io.kontor.work.Proof;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What finance works with: the night, batches, approvals, the proof, the journal. */
public final class BooksPart {

  private final Night night;
  private final Approvals approvals;
  private final Proof proof;
  private final JournalExport journal;

  public BooksPart(Night night, Approvals approvals, Proof proof, JournalExport journal) {
    this.night = night;
    this.approvals = approvals;
    this.proof = proof;
    this.journal = journal;
  }

  Reply batches(Request request) {
    if (request.method().equals("GET")) {
      Set<PostingBatch.State> states =
          request
              .parameter("state")
              .map(state -> (Set<PostingBatch.State>) EnumSet.of(PostingBatch.State.of(state)))
              .orElse(EnumSet.allOf(PostingBatch.State.class));
      return Reply.json(Views.list(approvals.list(states), Views::batch));
    }
    if (request.method().equals("POST") && request.path().size() == 2) {
      request.needs("finance");
      String id = request.required("id");
      switch (request.path().get(1)) {
        case "approve" ->
            approvals.approve(id, request.required("hash"), request.actor(), request.field("note"));
        case "reject" -> approvals.reject(id, request.actor(), request.required("note"));
        default -> throw ConsoleApi.noSuchPage(request);
      }
      return Reply.json(Views.batch(approvals.find(id).orElseThrow()));
    }
    throw ConsoleApi.noSuchPage(request);
  }

  Reply settle(Request request) {
    if (!request.method().equals("POST")) {
      throw ConsoleApi.noSuchPage(request);
    }
    request.needs("finance", "operator", "engineer");
    LocalDate date = date(request.field("date"));
    List<PostingBatch> proposed = new ArrayList<>();
    for (String entity : night.entities(request.field("entity"))) {
      proposed.addAll(
          night.settle(entity, date == null ? night.yesterday(entity) : date, request.actor()));
    }
    return Reply.json(Views.list(proposed, Views::batch));
  }

  Reply nights(Request request) {
    ArrayNode nights = Views.list(List.<String>of(), name -> Views.object());
    night
        .nights()
        .forEach(
            row ->
                nights.add(
                    Views.object()
                        .put("entity", row.entity())
                        .put("date", row.date().toString())
                        .put("state", row.state().name().toLowerCase(Locale.ROOT))
                        .put("attempts", row.attempts())
                        .put("note", row.note())));
    return Reply.json(nights);
  }

  Reply tieOut(Request request) {
    return Reply.json(Views.tieOut(proof.tieOut()));
  }

  Reply journal(Request request) {
    return switch (request.parameter("format").orElse("hledger")) {
      case "hledger" ->
          Reply.text("text/plain; charset=utf-8", journal.hledger(request.parameter("entity")));
      case "csv" -> Reply.text("text/csv; charset=utf-8", journal.csv(request.parameter("entity")));
      default -> throw new IllegalArgumentException("the formats are hledger and csv");
    };
  }

  private static LocalDate date(String text) {
    return text.isBlank() ? null : LocalDate.parse(text);
  }
}
