package io.kontor.work.night;

/** Numbers and hash-chains committed journal entries. */
@FunctionalInterface
public interface Sealing {

  /**
   * Seals what is committed and unsealed.
   *
   * @return how many entries were sealed
   */
  int seal();
}
