package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import io.kontor.work.desk.DeskItems;
import io.kontor.work.desk.DeskWork;
import java.util.Optional;

/**
 * The work desk: {@code /api/desk}, one item at {@code /api/desk/ID}, and its document as it came
 * at {@code /api/desk/ID/document}.
 */
public final class DeskPart implements ConsoleApi.Part {

  private static final int MOST_ITEMS = 1_000;

  private final DeskItems items;
  private final DeskWork desk;

  public DeskPart(DeskItems items, DeskWork desk) {
    this.items = items;
    this.desk = desk;
  }

  @Override
  public Reply answer(Request request) {
    return switch (request.path().size()) {
      case 1 -> list(request);
      case 2 -> Reply.json(Views.shown(items.show(id(request))));
      default ->
          request.path().get(2).equals("document")
              ? Reply.document(items.document(id(request)))
              : act(request, id(request), request.path().get(2));
    };
  }

  /** What waits for a person. */
  JsonNode open() {
    return Views.list(items.list(WorkItems.Filter.open(), 0, MOST_ITEMS), Views::item);
  }

  private Reply list(Request request) {
    Optional<WorkItem.State> state =
        request.parameter("state").orElse("open").equals("all")
            ? Optional.empty()
            : Optional.of(WorkItem.State.of(request.parameter("state").orElse("open")));
    WorkItems.Filter filter =
        new WorkItems.Filter(
            state,
            request.parameter("team").map(WorkItem.Team::of),
            request.parameter("channel"),
            request.parameter("code"));
    long after = request.parameter("after").map(DeskPart::number).orElse(0L);
    return Reply.json(Views.list(items.list(filter, after, MOST_ITEMS), Views::item));
  }

  private Reply act(Request request, long id, String action) {
    WorkItem item = items.show(id).item();
    request.needs(item.team() == WorkItem.Team.FINANCE ? "finance" : "operator", "engineer");
    DeskWork.Done done =
        switch (action) {
          case "retry" -> desk.retry(id, request.actor());
          case "edit" -> desk.edit(id, request.body(), request.actor());
          case "replace" -> desk.replace(id, request.actor(), request.required("note"));
          case "skip" -> desk.skip(id, request.actor(), request.required("note"));
          case "resolve" -> desk.resolve(id, request.actor(), request.required("note"));
          default -> desk.assign(id, WorkItem.Team.of(request.required("to")), request.actor());
        };
    return Reply.json(
        Views.object()
            .put("item", id)
            .put("state", done.state().word())
            .put("message", done.message()));
  }

  private static long id(Request request) {
    return number(request.path().get(1));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not the number of a work item", e);
    }
  }
}
