package io.kontor.books;

import io.kontor.ledger.BookEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the file book gets of a posting batch: the journal twice, for hledger and for spreadsheets,
 * and a manifest.
 *
 * @param files name → content, in the order in which they are to be written: the manifest comes
 *     last, and so says that the others are whole
 */
public record FileBook(Manifest manifest, Map<String, String> files) {

  public FileBook {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** How a batch's folder and files are called. */
  public static String nameOf(String batch) {
    return batch.replaceAll("[^A-Za-z0-9._-]+", "-");
  }

  /**
   * Makes the files of a batch; the same batch makes the same files.
   *
   * @param batch the batch's id
   * @param hash what the approval is bound to
   */
  public static FileBook of(String batch, String hash, List<BookEntry> entries) {
    String name = nameOf(batch);
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name + ".hledger", HledgerJournal.ofBook(entries));
    files.put(name + ".csv", CsvJournal.ofBook(entries));
    Manifest manifest = Manifest.of(batch, hash, entries, files);
    files.put(name + ".manifest.json", manifest.json());
    return new FileBook(manifest, files);
  }
}
