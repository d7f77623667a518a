package io.kontor.app.command;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Text on its way to a terminal. What vendors and their customers wrote is in it: a control
 * character there could clear the screen, recolour a figure or write over the line before.
 */
final class PlainText extends FilterWriter {

  private static final char REPLACEMENT = '\ufffd';

  private PlainText(Writer out) {
    super(out);
  }

  /** A writer that flushes with each line, as a terminal's own. */
  static PrintWriter to(PrintWriter terminal) {
    return new PrintWriter(new PlainText(terminal), true);
  }

  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.chars().forEach(c -> plain.append(plain((char) c)));
    return plain.toString();
  }

  private static char plain(char c) {
    return Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0 ? REPLACEMENT : c;
  }

  @Override
  public void write(int c) throws IOException {
    out.write(plain((char) c));
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(of(text.substring(offset, offset + length)));
  }
}
