package io.kontor.sandbox.day;

import java.util.List;
import java.util.Random;

/** Chance that comes out the same for the same seed, on every machine. */
final class Dice {

  private final long seed;
  private final Random random;

  Dice(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Dice of their own for {@code purpose}, so that one channel's throws do not move another's. */
  Dice of(String purpose) {
    return new Dice(seed * 1_000_003L + purpose.hashCode());
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".charAt(random.nextInt(32)));
    }
    return letters.toString();
  }
}
