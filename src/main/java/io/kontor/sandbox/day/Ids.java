package io.kontor.sandbox.day;

/** Numbers as a vendor hands them out: never twice, always growing. */
final class Ids {

  private long last;

  Ids(long first) {
    this.last = first;
  }

  long next() {
    last += 32_771;
    return last;
  }
}
