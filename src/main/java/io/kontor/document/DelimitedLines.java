package io.kontor.document;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.kontor.failure.RejectedFailure;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Delimited lines under a header, read in one streaming pass. Who takes the lines is asked when the
 * header is known.
 */
public final class DelimitedLines {

  /** A line that is longer is not a line: the file is damaged or something else. */
  public static final int MOST_LINE = 1 << 20;

  /** In so many lines that are not blank the header has to come. */
  public static final int MOST_ABOVE = 30;

  private static final char NO_QUOTES = '\u0000';
  private static final String QUOTE = "\"";

  private DelimitedLines() {}

  /** Takes one line at a time. */
  @FunctionalInterface
  public interface LineConsumer {
    void accept(Line line);
  }

  /**
   * How the lines under a header are read, and by whom.
   *
   * @param quotes whether a field may stand in double quotes; otherwise a quote is a character like
   *     any other
   * @param empty words that stand in fields in which nothing stands
   */
  public record Dialect(char delimiter, boolean quotes, List<String> empty, LineConsumer lines) {

    public Dialect {
      empty = List.copyOf(empty);
    }
  }

  /** Says which line is the header: reports begin with a title, a period or a legend above it. */
  @FunctionalInterface
  public interface Header {

    /**
     * Looks at one of the first lines that are not blank.
     *
     * @param number of the line in the file, from 1
     * @return how the lines under it are read; empty if this is not the header
     * @throws RejectedFailure if it is, and cannot be read
     */
    Optional<Dialect> dialect(String line, long number);
  }

  /** One line: its number in the file, from 1, and its fields. */
  public static final class Line {

    private final CsvRecord fields;
    private final Dialect dialect;
    private final long above;

    /**
     * @param above how many lines of the file stand before those that the parser counts
     */
    Line(CsvRecord fields, Dialect dialect, long above) {
      this.fields = fields;
      this.dialect = dialect;
      this.above = above;
    }

    public long number() {
      return above + fields.getStartingLineNumber();
    }

    /**
     * A field without surrounding blanks; empty if the line is too short, the index negative, or a
     * word in it that stands for nothing.
     */
    public String get(int index) {
      String text = written(index);
      return dialect.empty().contains(text) ? "" : text;
    }

    /** The same, but a word that stands for nothing is the word that it is. */
    public String written(int index) {
      return index < 0 || index >= fields.getFieldCount() ? "" : plain(fields.getField(index));
    }

    /**
     * Spreadsheets put a field with a comma in quotes, between tabs too. Where quotes are
     * characters like any other, those around a whole field are no part of it all the same.
     */
    private String plain(String field) {
      String text = field.strip();
      return dialect.quotes()
              || !text.startsWith(QUOTE)
              || !text.endsWith(QUOTE)
              || text.length() < 2
          ? text
          : text.substring(1, text.length() - 1).replace(QUOTE + QUOTE, QUOTE).strip();
    }

    boolean isBlank() {
      for (int i = 0; i < fields.getFieldCount(); i++) {
        if (!fields.getField(i).isBlank()) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads a document, which may be gzipped or zipped, and closes it.
   *
   * @param encodings tried in turn
   * @param header is asked of each of the first {@link #MOST_ABOVE} lines that are not blank, until
   *     one is the header
   * @return whether one was; if none is, nothing else is read
   * @throws RejectedFailure {@code empty-document}, {@code line-too-long}, {@code invalid-utf-8},
   *     {@code not-delimited}, what unpacking says, or what {@code header} throws
   */
  public static boolean read(InputStream in, List<Charset> encodings, Header header) {
    try (BufferedReader text =
        new BufferedReader(
            new BoundedLines(Text.open(Unpacking.unpack(in), encodings)), Text.BUFFER)) {
      Optional<Found> found = find(text, header);
      if (found.isPresent()) {
        Dialect dialect = found.get().dialect();
        try (CsvReader<CsvRecord> lines = csv(dialect, text)) {
          read(lines, dialect, found.get().above());
        }
      }
      return found.isPresent();
    } catch (CsvParseException e) {
      throw parsed(e);
    } catch (TooLong e) {
      throw e.failure();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof TooLong tooLong) {
        throw tooLong.failure();
      }
      throw e;
    }
  }

  /** The fields of one line. */
  public static List<String> fields(String line, char delimiter, boolean quotes) {
    Dialect dialect = new Dialect(delimiter, quotes, List.of(), l -> {});
    try (CsvReader<CsvRecord> lines = csv(dialect, line)) {
      for (CsvRecord fields : lines) {
        Line header = new Line(fields, dialect, 0);
        return IntStream.range(0, fields.getFieldCount()).mapToObj(header::get).toList();
      }
      return List.of();
    } catch (CsvParseException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CsvReader.CsvReaderBuilder builder(Dialect dialect) {
    return CsvReader.builder()
        .fieldSeparator(dialect.delimiter())
        .quoteCharacter(dialect.quotes() ? '"' : NO_QUOTES)
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  }

  private static CsvReader<CsvRecord> csv(Dialect dialect, Reader text) {
    return builder(dialect).ofCsvRecord(text);
  }

  private static CsvReader<CsvRecord> csv(Dialect dialect, String text) {
    return builder(dialect).ofCsvRecord(text);
  }

  /** A header, and how many lines stand above it. */
  private record Found(Dialect dialect, long above) {}

  /** Looks for the header; the reader then stands at its beginning. */
  private static Optional<Found> find(BufferedReader text, Header header) throws IOException {
    int filled = 0;
    for (long above = 0; filled < MOST_ABOVE; above++) {
      text.mark(2 * MOST_LINE);
      String line = text.readLine();
      if (line == null) {
        break;
      }
      if (line.isBlank()) {
        continue;
      }
      if (filled++ == 0) {
        Json.refuseHtml(line.getBytes(StandardCharsets.ISO_8859_1), "statement");
      }
      Optional<Dialect> dialect = header.dialect(line, above + 1);
      if (dialect.isPresent()) {
        text.reset();
        return Optional.of(new Found(dialect.get(), above));
      }
    }
    if (filled == 0) {
      throw new RejectedFailure(
          "empty-document", "line 1", "the document is empty: fetch or send it again");
    }
    return Optional.empty();
  }

  private static void read(CsvReader<CsvRecord> lines, Dialect dialect, long above) {
    boolean header = true;
    for (CsvRecord fields : lines) {
      Line line = new Line(fields, dialect, above);
      if (line.isBlank()) {
        continue; // spreadsheets leave rows of nothing but delimiters
      }
      if (header) {
        header = false;
      } else {
        dialect.lines().accept(line);
      }
    }
  }

  private static RuntimeException parsed(CsvParseException e) {
    Throwable cause = e;
    while (cause != null) {
      if (cause instanceof TooLong tooLong) {
        return tooLong.failure();
      }
      if (cause instanceof RejectedFailure rejected) {
        return rejected;
      }
      cause = cause.getCause();
    }
    return new RejectedFailure(
        "not-delimited",
        "document",
        "not readable as delimited lines: %s; correct the document, or have it sent again"
            .formatted(e.getMessage()),
        e);
  }

  /** Stops a line that does not end, before it fills the memory. */
  private static final class BoundedLines extends FilterReader {

    private long line = 1;
    private int length;

    BoundedLines(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
      int read = super.read(target, offset, count);
      for (int i = offset; i < offset + read; i++) {
        if (target[i] == '\n') {
          line++;
          length = 0;
        } else if (++length > MOST_LINE) {
          throw new TooLong(line);
        }
      }
      return read;
    }
  }

  /** A checked exception on its way through the parser. */
  private static final class TooLong extends IOException {

    private static final long serialVersionUID = 1L;
    private final long line;

    TooLong(long line) {
      super("line " + line + " is too long");
      this.line = line;
    }

    RejectedFailure failure() {
      return new RejectedFailure(
          "line-too-long",
          "line " + line,
          "line %d is longer than %d characters: the document is damaged or is something else"
              .formatted(line, MOST_LINE),
          this);
    }
  }
}
