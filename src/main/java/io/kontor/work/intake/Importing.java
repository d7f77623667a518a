package io.kontor.work.intake;

import io.kontor.work.Actor;
import java.nio.file.Path;

/** Takes files in. */
@FunctionalInterface
public interface Importing {

  /**
   * Names the file, stores it as a claim check where it is big, and hands it to the {@link Inbox}.
   * When it returns, the file itself is no longer needed.
   *
   * @param who hands it in: a maker of what it comes to
   * @return the document's id, {@code channel/document/external id}
   * @throws io.kontor.failure.RejectedFailure if the channel has no such document
   */
  String accept(String channel, String document, Path file, Actor who);
}
