package io.kontor.work.night;

/** The night: settle, match, propose batches, prove. */
@FunctionalInterface
public interface Nightly {

  /** Runs every night (entity and business date) that is over and has not been run. */
  void runMissing();
}
