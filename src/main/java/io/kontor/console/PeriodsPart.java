package io.kontor.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.work.batch.PeriodLocks;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

/** The accounting periods: {@code /api/periods}. */
public final class PeriodsPart implements ConsoleApi.Part {

  private final PeriodLocks periods;

  public PeriodsPart(PeriodLocks periods) {
    this.periods = periods;
  }

  @Override
  public Reply answer(Request request) {
    if (request.path().size() == 1) {
      return list();
    }
    request.needs("finance");
    String entity = request.required("entity");
    YearMonth month = Request.month(request.required("month"));
    ObjectNode view = Views.object().put("entity", entity).put("month", month.toString());
    if (request.path().get(1).equals("lock")) {
      PeriodLocks.Locked locked =
          periods.lock(entity, month, request.actor(), request.field("note"));
      ArrayNode openBefore = Views.array();
      locked.openBefore().forEach(before -> openBefore.add(before.toString()));
      view.put("state", "locked")
          .put("bookedLater", locked.unposted())
          .set("openBefore", openBefore);
    } else {
      periods.unlock(entity, month, request.actor(), request.required("note"));
      view.put("state", "open");
    }
    return Reply.json(view);
  }

  private Reply list() {
    ArrayNode rows = Views.list(List.<String>of(), name -> Views.object());
    for (PeriodLocks.Closed closed : periods.list()) {
      closed
          .locks()
          .forEach(
              lock ->
                  rows.add(
                      Views.object()
                          .put("entity", closed.entity())
                          .put("period", lock.month().toString())
                          .put("lockedBy", lock.who())
                          .put("at", lock.at().toString())
                          .put("note", lock.note())));
      closed.bookLocks().stream()
          .filter(lock -> lock.through().isPresent())
          .forEach(
              lock ->
                  rows.add(
                      Views.object()
                          .put("entity", closed.entity())
                          .put("period", "through " + lock.through().get())
                          .put(
                              "lockedBy", "the " + lock.target().toLowerCase(Locale.ROOT) + " book")
                          .put("at", lock.readAt().toString())
                          .put("note", "as it said then")));
    }
    return Reply.json(rows);
  }
}
