package io.kontor.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.work.HubStatus;
import io.kontor.work.Importing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What operators work with: what waits where, who did what, files to take in. */
public final class HubPart {

  private static final int MOST_ACTS = 500;

  private final HubStatus status;
  private final Importing importing;

  public HubPart(HubStatus status, Importing importing) {
    this.status = status;
    this.importing = importing;
  }

  Reply status(Request request) {
    HubStatus.Now now = status.now();
    ObjectNode view =
        Views.object()
            .put("waitingInInbox", now.waitingInInbox())
            .put("pendingDeliveries", now.pendingDeliveries())
            .put("dueDeliveries", now.dueDeliveries())
            .put("stuckDeliveries", now.stuckDeliveries())
            .put("openItems", now.openItems())
            .put("facts", now.facts())
            .put("entries", now.entries());
    return Reply.json(view);
  }

  Reply audit(Request request) {
    return Reply.json(
        Views.list(
            status.acts(MOST_ACTS),
            act ->
                Views.object()
                    .put("at", act.at().toString())
                    .put("who", act.who())
                    .put("what", act.what())
                    .put("subject", act.subject())
                    .put("detail", act.detail())));
  }

  Reply importFile(Request request) {
    if (!request.method().equals("POST") || request.path().size() != 3) {
      throw ConsoleApi.noSuchPage(request);
    }
    request.needs("operator", "engineer", "finance");
    try {
      Path file = Files.createTempFile("kontor-import-", ".part");
      try {
        Files.write(file, request.body());
        String id = importing.accept(request.path().get(1), request.path().get(2), file);
        return Reply.json(202, Views.object().put("document", id));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
