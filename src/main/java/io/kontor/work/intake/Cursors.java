package io.kontor.work.intake;

import java.util.Optional;

/** How far each polled feed has been read. */
public interface Cursors {

  Optional<String> read(String feed);

  void advance(String feed, String cursor);
}
