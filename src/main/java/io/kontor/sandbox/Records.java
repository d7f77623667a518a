package io.kontor.sandbox;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * All records in memory, indexed, and in an MVStore file that is synced on every commit. What is
 * not committed can be rolled back to a savepoint. Not thread-safe: the server holds one lock.
 */
final class Records implements AutoCloseable {

  private record Change(String model, int id, Row before) {}

  private record Key(String model, String field) {}

  private final Schema schema;
  private final MVStore store;
  private final MVMap<String, Integer> counters;
  private final Map<String, NavigableMap<Integer, Row>> tables = new HashMap<>();
  private final Map<Key, Map<Object, NavigableSet<Integer>>> indexes = new HashMap<>();
  private final Deque<Change> journal = new ArrayDeque<>();

  Records(Schema schema, Optional<Path> file) {
    this.schema = schema;
    MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled();
    file.ifPresent(path -> builder.fileName(path.toString()));
    this.store = builder.open();
    this.counters = store.openMap("counters");
    for (Model model : schema.all()) {
      NavigableMap<Integer, Row> table = new TreeMap<>();
      tables.put(model.name(), table);
      stored(model.name())
          .forEach(
              (id, json) -> {
                Row row = thaw(model, id, json);
                table.put(id, row);
                index(row, true);
              });
    }
  }

  boolean isEmpty() {
    return counters.isEmpty();
  }

  /** The record, or null. */
  Row find(String model, int id) {
    return table(model).get(id);
  }

  Collection<Row> all(String model) {
    return Collections.unmodifiableCollection(table(model).values());
  }

  int count(String model) {
    return table(model).size();
  }

  /** The ids of the records whose indexed field holds a value, ascending. */
  NavigableSet<Integer> where(String model, String field, Object value) {
    return Collections.unmodifiableNavigableSet(
        indexes
            .getOrDefault(new Key(model, field), Map.of())
            .getOrDefault(value, Collections.emptyNavigableSet()));
  }

  /** The next number of a counter; a rollback does not give it back, as in PostgreSQL. */
  int next(String counter) {
    int next = counters.getOrDefault(counter, 0) + 1;
    counters.put(counter, next);
    return next;
  }

  void put(Row row) {
    Row before = table(row.model()).put(row.id(), row);
    journal.addLast(new Change(row.model(), row.id(), before));
    if (before != null) {
      index(before, false);
    }
    index(row, true);
  }

  void remove(Row row) {
    table(row.model()).remove(row.id());
    journal.addLast(new Change(row.model(), row.id(), row));
    index(row, false);
  }

  int savepoint() {
    return journal.size();
  }

  void rollback(int savepoint) {
    while (journal.size() > savepoint) {
      Change change = journal.removeLast();
      NavigableMap<Integer, Row> table = table(change.model());
      Row now = table.remove(change.id());
      if (now != null) {
        index(now, false);
      }
      if (change.before() != null) {
        table.put(change.id(), change.before());
        index(change.before(), true);
      }
    }
  }

  /** Writes all changes to the file and syncs it. */
  void commit() {
    if (journal.isEmpty()) {
      return;
    }
    Map<String, Set<Integer>> touched = new LinkedHashMap<>();
    for (Change change : journal) {
      touched.computeIfAbsent(change.model(), model -> new LinkedHashSet<>()).add(change.id());
    }
    touched.forEach(
        (model, ids) -> {
          MVMap<Integer, String> stored = stored(model);
          for (int id : ids) {
            Row row = table(model).get(id);
            if (row == null) {
              stored.remove(id);
            } else {
              stored.put(id, Json.text(row.values()));
            }
          }
        });
    journal.clear();
    store.commit();
    store.sync();
  }

  @Override
  public void close() {
    store.close();
  }

  private MVMap<Integer, String> stored(String model) {
    return store.openMap("records:" + model);
  }

  private NavigableMap<Integer, Row> table(String model) {
    return tables.get(model);
  }

  private void index(Row row, boolean present) {
    for (Field field : schema.get(row.model()).fields().values()) {
      Object value = field.indexed() ? row.get(field.name()) : null;
      if (value == null) {
        continue;
      }
      Map<Object, NavigableSet<Integer>> index =
          indexes.computeIfAbsent(new Key(row.model(), field.name()), key -> new HashMap<>());
      NavigableSet<Integer> ids = index.computeIfAbsent(value, key -> new TreeSet<>());
      if (present) {
        ids.add(row.id());
      } else {
        ids.remove(row.id());
      }
    }
  }

  private static Row thaw(Model model, int id, String json) {
    Map<String, Object> values = Values.map(Json.restore(json));
    for (Field field : model.fields().values()) {
      Object value = values.get(field.name());
      if (field.decimal() && value != null) {
        values.put(field.name(), exact(value));
      } else if (field.many() && value != null) {
        List<Integer> ids = new ArrayList<>(Values.ids(value));
        values.put(field.name(), List.copyOf(ids));
      }
    }
    return new Row(model.name(), id, values);
  }

  private static BigDecimal exact(Object value) {
    return Values.decimal(value);
  }
}
