package io.kontor.mapping.translation;

import java.util.List;

/**
 * What a document says, and what of it could not be understood. A document may yield both: its
 * orders do not wait for each other. One that yields neither says nothing that is recorded (a
 * cashier signed on).
 */
public record Translation(List<CanonicalFact> facts, List<Fault> faults) {

  public Translation {
    facts = List.copyOf(facts);
    faults = List.copyOf(faults);
  }
}
