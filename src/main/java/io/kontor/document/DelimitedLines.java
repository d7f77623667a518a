package io.kontor.document;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.kontor.failure.RejectedFailure;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Delimited lines under a header, read in one streaming pass. Columns are found by the header's
 * names; their order and number are free.
 */
public final class DelimitedLines {

  /** A line that is longer is not a line: the file is damaged or something else. */
  public static final int MOST_LINE = 1 << 20;

  private static final char NO_QUOTES = '\u0000';

  private DelimitedLines() {}

  /** Takes one line at a time. */
  @FunctionalInterface
  public interface LineConsumer {
    void accept(Line line);
  }

  /** One line: its number in the file (the header is 1) and its fields by column. */
  public static final class Line {

    private final Map<String, Integer> columns;
    private final CsvRecord fields;

    Line(Map<String, Integer> columns, CsvRecord fields) {
      this.columns = columns;
      this.fields = fields;
    }

    public long number() {
      return fields.getStartingLineNumber();
    }

    /** The field under a column, without surrounding blanks; empty if the line is too short. */
    public String get(String column) {
      Integer index = columns.get(column);
      return index == null || index >= fields.getFieldCount() ? "" : fields.getField(index).strip();
    }

    public int fieldCount() {
      return fields.getFieldCount();
    }
  }

  /**
   * Reads a document, which may be gzipped or zipped, and closes it.
   *
   * @param delimiter tab means that there are no quotes and a quote is a character like any other;
   *     with any other delimiter a field may stand in double quotes
   * @param encodings tried in turn
   * @param required columns that must be there
   * @return how many lines there were, without the header and without empty ones
   * @throws RejectedFailure {@code empty-document}, {@code missing-column}, {@code
   *     duplicate-column}, {@code line-too-long}, {@code invalid-utf-8}, {@code not-delimited}, or
   *     what unpacking says
   */
  public static long read(
      InputStream in,
      char delimiter,
      List<Charset> encodings,
      List<String> required,
      LineConsumer consumer) {
    try (Reader text = new BoundedLines(Text.open(Unpacking.unpack(in), encodings));
        CsvReader<CsvRecord> lines =
            CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(delimiter == '\t' ? NO_QUOTES : '"')
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
      return read(lines, required, consumer);
    } catch (CsvParseException e) {
      throw parsed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof TooLong tooLong) {
        throw tooLong.failure();
      }
      throw e;
    }
  }

  private static long read(
      CsvReader<CsvRecord> lines, List<String> required, LineConsumer consumer) {
    Map<String, Integer> columns = null;
    long count = 0;
    for (CsvRecord fields : lines) {
      if (columns == null) {
        columns = header(fields, required);
      } else {
        consumer.accept(new Line(columns, fields));
        count++;
      }
    }
    if (columns == null) {
      throw new RejectedFailure(
          "empty-document", "line 1", "the document is empty: fetch or send it again");
    }
    return count;
  }

  private static Map<String, Integer> header(CsvRecord fields, List<String> required) {
    Json.refuseHtml(fields.getField(0).getBytes(StandardCharsets.ISO_8859_1), "statement");
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < fields.getFieldCount(); i++) {
      String name = fields.getField(i).strip();
      if (!name.isEmpty() && columns.put(name, i) != null) {
        throw new RejectedFailure(
            "duplicate-column",
            name,
            "the header names the column '%s' twice: it is not clear which one counts"
                .formatted(name));
      }
    }
    List<String> missing = new ArrayList<>(required);
    missing.removeAll(columns.keySet());
    if (!missing.isEmpty()) {
      throw new RejectedFailure(
          "missing-column",
          missing.get(0),
          "the header (line 1) lacks %s: this is another document, or its layout changed"
              .formatted(missing));
    }
    return columns;
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
