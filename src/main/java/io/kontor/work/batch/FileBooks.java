package io.kontor.work.batch;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.kontor.books.FileBook;
import io.kontor.books.Manifest;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Entity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Books kept as files: a folder for each entity and batch, with the journal as hledger and as CSV
 * and a manifest.
 *
 * <p>A batch is written whole or not at all: its folder appears under its name in one step, after
 * everything in it is on the disk.
 */
public final class FileBooks implements Books {

  private static final String DRAFT = ".draft";
  private static final String MANIFEST = ".manifest.json";

  private final Path root;

  /**
   * Keeps books in a folder.
   *
   * @param root holds a folder for each entity
   */
  public FileBooks(Path root) {
    this.root = root;
  }

  @Override
  public Entity.Target target() {
    return Entity.Target.FILE;
  }

  @Override
  public String post(
      Entity entity, String batch, String hash, List<BookEntry> entries, Runnable stillAtIt) {
    Path folder = folder(entity, batch);
    try {
      FileBook book = FileBook.of(batch, hash, entries);
      if (Files.notExists(folder)) {
        write(folder, book);
      } else {
        requireSame(folder, batch, book);
      }
    } catch (IOException e) {
      throw new TransientFailure(
          "file-book", batch, "%s could not be written: %s".formatted(folder, e.getMessage()), e);
    }
    return root.relativize(folder).toString();
  }

  private Path folder(Entity entity, String batch) {
    return root.resolve(entity.id()).resolve(FileBook.nameOf(batch));
  }

  @Override
  public List<String> unknown(Entity entity, String channel, Set<String> known) {
    Set<Path> ours = known.stream().map(id -> folder(entity, id)).collect(Collectors.toSet());
    Pattern ofChannel =
        Pattern.compile(
            Pattern.quote(FileBook.nameOf(entity.id() + "/" + channel + "/"))
                + "\\d{4}-\\d\\d-\\d\\d-\\d+");
    return folders(entity).stream()
        .filter(folder -> ofChannel.matcher(folder.getFileName().toString()).matches())
        .filter(folder -> !ours.contains(folder))
        .map(Path::toString)
        .sorted()
        .toList();
  }

  @Override
  public List<String> held(Entity entity, String batch, List<BookEntry> entries) {
    Path folder = folder(entity, batch);
    return Files.exists(folder) ? List.of(folder.toString()) : List.of();
  }

  /** What stands there is left alone: it is this approved batch and whole, or a person is asked. */
  private static void requireSame(Path folder, String batch, FileBook book) throws IOException {
    String name = folder.getFileName().toString();
    Path path = folder.resolve(name + MANIFEST);
    boolean same = false;
    if (Files.exists(path)) {
      Manifest there = manifest(folder);
      same = there.batch().equals(batch) && there.hash().equals(book.manifest().hash());
      for (String file : there.files().keySet()) {
        Path content = folder.resolve(file);
        same &= Files.exists(content) && there.vouchesFor(file, Files.readString(content));
      }
    }
    if (!same) {
      throw new RejectedFailure(
          "file-book-differs",
          batch,
          ("%s is there already, and its manifest is not that of batch %s with hash %s, or does not"
                  + " vouch for its files: nothing is written over it. If it is of before a restore"
                  + " and the same money, move it away, and retry")
              .formatted(folder, batch, book.manifest().hash()));
    }
  }

  /** Files are never closed by somebody else. */
  @Override
  public Optional<LocalDate> lockedThrough(Entity entity) {
    return Optional.empty();
  }

  private static void write(Path folder, FileBook book) throws IOException {
    Path draft = folder.resolveSibling("." + folder.getFileName() + DRAFT);
    Files.createDirectories(draft);
    for (Map.Entry<String, String> file : book.files().entrySet()) {
      Path path = draft.resolve(file.getKey());
      Files.writeString(path, file.getValue());
      sync(path, StandardOpenOption.WRITE);
    }
    sync(draft, StandardOpenOption.READ);
    Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    sync(folder.getParent(), StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  @Override
  public Map<YearMonth, Map<String, BigDecimal>> balances(
      Entity entity, LocalDate upTo, Consumer<String> leftOut) {
    Map<YearMonth, Map<String, BigDecimal>> balances = new TreeMap<>();
    for (Path batch : folders(entity)) {
      try {
        add(batch, upTo, balances);
      } catch (RejectedFailure e) {
        leftOut.accept(e.getMessage());
      } catch (IOException e) {
        leftOut.accept(unreadable(entity, batch, e).getMessage());
      }
    }
    return balances;
  }

  /** The folders of an entity's batches. */
  private List<Path> folders(Entity entity) {
    Path folder = root.resolve(entity.id());
    List<Path> folders = new ArrayList<>();
    if (Files.exists(folder)) {
      try (DirectoryStream<Path> batches = Files.newDirectoryStream(folder, "[!.]*")) {
        batches.forEach(folders::add);
      } catch (IOException e) {
        throw unreadable(entity, folder, e);
      }
    }
    return folders;
  }

  private static TransientFailure unreadable(Entity entity, Path path, IOException e) {
    return new TransientFailure(
        "file-book", entity.id(), "%s could not be read: %s".formatted(path, e.getMessage()), e);
  }

  /** Adds up what the journal itself says, once the manifest vouches for it. */
  private static void add(
      Path batch, LocalDate upTo, Map<YearMonth, Map<String, BigDecimal>> balances)
      throws IOException {
    String name = batch.getFileName().toString();
    Manifest manifest = manifest(batch);
    for (String file : manifest.files().keySet()) {
      Path content = batch.resolve(file);
      if (Files.notExists(content)
          || !manifest.vouchesFor(file, Files.readString(content, StandardCharsets.UTF_8))) {
        throw new RejectedFailure(
            "file-book-changed",
            name,
            "%s is not as it was written, or is gone: restore the folder from a backup, or delete it and redeliver the batch %s"
                .formatted(content, manifest.batch()));
      }
    }
    String csv = Files.readString(batch.resolve(name + ".csv"), StandardCharsets.UTF_8);
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(csv)) {
      for (NamedCsvRecord line : lines) {
        LocalDate day = LocalDate.parse(line.getField("date"));
        if (!day.isAfter(upTo)) {
          balances
              .computeIfAbsent(YearMonth.from(day), month -> new TreeMap<>())
              .merge(line.getField("code"), functional(line), BigDecimal::add);
        }
      }
    }
  }

  private static Manifest manifest(Path batch) throws IOException {
    String name = batch.getFileName().toString();
    Path path = batch.resolve(name + MANIFEST);
    try {
      return Manifest.parse(Files.readString(path));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new RejectedFailure(
          "file-book-changed",
          name,
          "%s is not as it was written (%s): restore the folder from a backup"
              .formatted(path, e.getMessage()),
          e);
    } catch (NoSuchFileException e) {
      throw new RejectedFailure(
          "file-book-changed",
          name,
          "%s is no batch that was written here, or its manifest is gone: move it away, or restore it from a backup"
              .formatted(batch),
          e);
    }
  }

  /** Files of before there were other currencies have no column for it. */
  private static BigDecimal functional(NamedCsvRecord line) {
    return line.findField("functional")
        .map(BigDecimal::new)
        .orElseGet(
            () -> decimal(line.getField("debit")).subtract(decimal(line.getField("credit"))));
  }

  private static BigDecimal decimal(String text) {
    return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
  }

  /** A folder that is there is as it was written, or its sums were not to be had. */
  @Override
  public EntryComparison compare(Entity entity, Set<YearMonth> months) {
    Set<Path> known = new HashSet<>();
    List<String> differences = new ArrayList<>();
    return new EntryComparison() {
      @Override
      public void add(String batch, List<BookEntry> entries, boolean posted) {
        Path folder = folder(entity, batch);
        known.add(folder);
        if (posted && Files.notExists(folder)) {
          differences.add(
              "batch %s was written to %s, which is not there any more".formatted(batch, folder));
        }
      }

      @Override
      public List<String> differences() {
        folders(entity).stream()
            .filter(folder -> !known.contains(folder))
            .forEach(folder -> differences.add("%s is no batch of this hub".formatted(folder)));
        return List.copyOf(differences);
      }
    };
  }
}
