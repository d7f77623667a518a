package io.kontor.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.store.Nights;
import io.kontor.words.Words;
import io.kontor.work.night.NightCalendar;
import io.kontor.work.night.NightProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How nights are written as JSON. */
final class NightViews {

  private NightViews() {}

  /** The nights as they stand, then those that are missing, and what comes next. */
  static ObjectNode status(NightCalendar.Status status, Instant now) {
    ObjectNode view = Views.object();
    view.set("nights", Views.list(status.nights(), night -> night(night, now)));
    view.set("missing", Views.list(status.missing(), NightViews::due));
    view.set("next", Views.list(status.next(), NightViews::due));
    return view;
  }

  private static ObjectNode night(Nights.Night night, Instant now) {
    Instant end = night.finishedAt().orElse(now);
    return Views.object()
        .put("entity", night.entity())
        .put("date", night.date().toString())
        .put("state", Words.of(night.state()))
        .put("attempts", night.attempts())
        .put("started", night.startedAt().toString())
        .put("took", seconds(Duration.between(night.startedAt(), end)))
        .put("note", night.note());
  }

  private static String seconds(Duration took) {
    return "%d.%03d s".formatted(took.toSeconds(), took.toMillisPart());
  }

  private static ObjectNode due(NightCalendar.Due due) {
    return Views.object()
        .put("entity", due.entity())
        .put("date", due.date().toString())
        .put("dueAt", due.dueAt().toString());
  }

  static ArrayNode progress(List<NightProgress.Step> running) {
    return Views.list(
        running,
        step ->
            Views.object()
                .put("entity", step.entity())
                .put("date", step.date().toString())
                .put("what", step.what())
                .put("done", step.done())
                .put("steps", step.steps()));
  }
}
