package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.failure.RejectedFailure;
import io.kontor.work.intake.Importing;
import io.kontor.work.proof.HubStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What operators work with: what waits where, who did what, files to take in. */
public final class HubPart {

  private static final int MOST_ACTS = 500;

  private final HubStatus status;
  private final Importing importing;
  private final Path staging;

  /**
   * @param staging where whoever may write to the data directory lays a file that is too large for
   *     a request, before naming it
   */
  public HubPart(HubStatus status, Importing importing, Path staging) {
    this.status = status;
    this.importing = importing;
    this.staging = staging;
  }

  Reply status(Request request) {
    return Reply.json(now());
  }

  /** How much waits, and how much there is. */
  JsonNode now() {
    HubStatus.Now now = status.now();
    ObjectNode view = view(now.waiting()).put("facts", now.facts()).put("entries", now.entries());
    now.inboxUnknown().ifPresent(why -> view.put("inboxUnknown", why).remove("waitingInInbox"));
    return view;
  }

  /** How much waits: for those who ask every moment. */
  Reply waiting(Request request) {
    return Reply.json(view(status.waiting()));
  }

  private static ObjectNode view(HubStatus.Waiting waiting) {
    return Views.object()
        .put("waitingInInbox", waiting.waitingInInbox())
        .put("pendingDeliveries", waiting.pendingDeliveries())
        .put("dueDeliveries", waiting.dueDeliveries())
        .put("stuckDeliveries", waiting.stuckDeliveries())
        .put("openItems", waiting.openItems());
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
    request.needs("operator", "engineer", "finance");
    try {
      Path file = request.parameter("staged").map(this::staged).orElseGet(() -> kept(request));
      try {
        String id =
            importing.accept(request.path().get(1), request.path().get(2), file, request.actor());
        return Reply.json(202, Views.object().put("document", id));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path staged(String name) {
    if (!name.matches("[A-Za-z0-9-]+") || !Files.isRegularFile(staging.resolve(name))) {
      throw new RejectedFailure(
          "unknown-file", name, "there is no file '%s' in %s".formatted(name, staging));
    }
    return staging.resolve(name);
  }

  private static Path kept(Request request) {
    if (request.body().length == 0) {
      throw new RejectedFailure("empty-body", "body", "there is no file in the body: it is empty");
    }
    try {
      Path file = Files.createTempFile("kontor-import-", ".part");
      Files.write(file, request.body());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
