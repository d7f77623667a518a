package io.kontor.work;

import io.kontor.mapping.translation.FactReader;
import io.kontor.sales.Fact;
import io.kontor.store.StoredFact;
import java.util.Collection;
import java.util.List;

/** Reads facts back as they were recorded, raised to the present schema where they are older. */
public final class StoredFacts {

  private StoredFacts() {}

  public static Fact read(StoredFact stored) {
    return FactReader.read(stored.json(), stored.name().entity(), stored.name().channel());
  }

  public static List<Fact> readAll(Collection<StoredFact> stored) {
    return stored.stream().map(StoredFacts::read).toList();
  }
}
