package io.kontor.store;

import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hash chain of an entity's journal. Holding one means holding the lock of the entity's row,
 * which everybody takes who changes an entry's progress.
 */
final class Chain {

  private static final String BEGINNING = "0".repeat(64);
  private static final int CHUNK = 1_000;

  private final String entity;
  private long number;
  private String hash;

  private Chain(String entity, long number, String hash) {
    this.entity = entity;
    this.number = number;
    this.hash = hash;
  }

  static Chain lock(Tx tx, String entity) {
    tx.update(
        """
        INSERT INTO journal_chain (entity, last_number, last_hash) VALUES (?, 0, ?)
        ON CONFLICT DO NOTHING""",
        entity,
        BEGINNING);
    return tx.first(
            "SELECT last_number, last_hash FROM journal_chain WHERE entity = ? FOR UPDATE",
            row -> new Chain(entity, row.getLong(1), row.getString(2)),
            entity)
        .orElseThrow();
  }

  private record Seal(long id, long number, String hash) {}

  int seal(Tx tx, int limit) {
    List<Long> ids =
        tx.query(
            """
            SELECT entry_id FROM journal_progress WHERE entity = ? AND number IS NULL
            ORDER BY entity, number, entry_id LIMIT ?""",
            row -> row.getLong(1),
            entity,
            limit);
    List<Seal> seals = new ArrayList<>(ids.size());
    for (int from = 0; from < ids.size(); from += CHUNK) {
      for (StoredEntry entry :
          EntryReader.read(tx, ids.subList(from, Math.min(from + CHUNK, ids.size())))) {
        number++;
        hash = link(hash, number, entry);
        seals.add(new Seal(entry.id(), number, hash));
      }
    }
    tx.batch(
        "UPDATE journal_progress SET number = ?, hash = ? WHERE entry_id = ?",
        seals,
        s -> new Object[] {s.number(), s.hash(), s.id()});
    if (!seals.isEmpty()) {
      tx.update(
          "UPDATE journal_chain SET last_number = ?, last_hash = ? WHERE entity = ?",
          number,
          hash,
          entity);
    }
    return seals.size();
  }

  static Journal.ChainCheck verify(Tx tx, String entity) {
    Chain end =
        tx.first(
                "SELECT last_number, last_hash FROM journal_chain WHERE entity = ?",
                row -> new Chain(entity, row.getLong(1), row.getString(2)),
                entity)
            .orElse(new Chain(entity, 0, BEGINNING));
    Chain walk = new Chain(entity, 0, BEGINNING);
    while (walk.number < end.number) {
      Optional<String> broken = walk.verifyChunk(tx, Math.min(walk.number + CHUNK, end.number));
      if (broken.isPresent()) {
        return new Journal.ChainCheck(walk.number, broken);
      }
    }
    Optional<String> broken =
        walk.hash.equals(end.hash)
            ? outside(tx, entity).or(() -> differing(tx, entity))
            : Optional.of("the chain's end has another hash");
    return new Journal.ChainCheck(walk.number, broken);
  }

  /** Entries that the chain does not hold and the sealer does not see: it never saw them come. */
  private static Optional<String> outside(Tx tx, String entity) {
    long entries =
        tx.count(
            """
            SELECT COUNT(*) FROM journal_entry e
              LEFT JOIN journal_progress g ON g.entry_id = e.id AND g.entity = e.entity
              LEFT JOIN journal_chain c ON c.entity = e.entity
            WHERE e.entity = ?
              AND (g.entry_id IS NULL OR g.number < 1 OR g.number > COALESCE(c.last_number, 0))""",
            entity);
    return entries == 0
        ? Optional.empty()
        : Optional.of(entries + " entries are neither sealed nor about to be");
  }

  /** What is kept of an entry beside it, for sums and batches, is not in the hash. */
  private static Optional<String> differing(Tx tx, String entity) {
    long postings =
        tx.count(
            """
            SELECT COUNT(*) FROM posting p LEFT JOIN journal_entry e ON e.id = p.entry_id
            WHERE (p.entity = ? OR e.entity = ?)
              AND (e.id IS NULL OR p.entity <> e.entity OR p.posting_date <> e.posting_date)""",
            entity,
            entity);
    long entries =
        tx.count(
            """
            SELECT COUNT(*) FROM journal_progress g JOIN journal_entry e ON e.id = g.entry_id
            WHERE e.entity = ? AND (g.channel <> e.channel OR g.posting_date <> e.posting_date)""",
            entity);
    return postings + entries == 0
        ? Optional.empty()
        : Optional.of(
            "%d postings and %d entries are summed and batched under another entity, channel or day"
                .formatted(postings, entries));
  }

  private Optional<String> verifyChunk(Tx tx, long upTo) {
    List<Seal> seals =
        tx.query(
            """
            SELECT entry_id, number, hash FROM journal_progress
            WHERE entity = ? AND number > ? AND number <= ? ORDER BY number""",
            row -> new Seal(row.getLong(1), row.getLong(2), row.getString(3)),
            entity,
            number,
            upTo);
    List<StoredEntry> entries;
    try {
      entries = EntryReader.read(tx, seals.stream().map(Seal::id).toList());
    } catch (IllegalArgumentException e) {
      return Optional.of("after number " + number + ": " + e.getMessage());
    }
    if (seals.size() > upTo - number) {
      return Optional.of("a number from %d to %d is there twice".formatted(number + 1, upTo));
    }
    // Within one seal ids rise with numbers, over several they need not.
    Map<Long, StoredEntry> byId = new HashMap<>();
    entries.forEach(e -> byId.put(e.id(), e));
    for (long wanted = number + 1, i = 0; wanted <= upTo; wanted++, i++) {
      Seal seal = i < seals.size() ? seals.get((int) i) : null;
      if (seal == null || seal.number() != wanted || !byId.containsKey(seal.id())) {
        return Optional.of("number " + wanted + " is missing");
      }
      hash = link(hash, wanted, byId.get(seal.id()));
      if (!hash.equals(seal.hash())) {
        return Optional.of(
            "number %d (entry %d) is not what was sealed".formatted(wanted, seal.id()));
      }
      number = wanted;
    }
    return Optional.empty();
  }

  private static String link(String previous, long number, StoredEntry entry) {
    FieldHash sha = new FieldHash().field(previous).field(number).field(entry.id());
    content(sha, entry);
    return sha.field(entry.recordedAt()).hex();
  }

  /** Adds what an entry says, without what is Kontor's own about it (its id, its number, times). */
  static void content(FieldHash sha, StoredEntry stored) {
    JournalEntry e = stored.entry();
    sha.field(e.entity()).field(e.channel()).field(e.date()).field(e.narration());
    sha.field(e.fact()).field(e.rule()).field(e.mappings()).field(stored.subject());
    sha.field(e.postings().size());
    for (Posting posting : e.postings()) {
      sha.field(posting.account()).field(posting.amount());
      if (posting.isForeign()) {
        sha.field(posting.functional());
      }
    }
  }
}
