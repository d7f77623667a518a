package io.kontor.sandbox.day;

import java.nio.charset.StandardCharsets;

/** Builds XML element by element; what is written is always escaped, so it is well-formed. */
final class XmlText {

  private final StringBuilder text =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  /**
   * Opens an element.
   *
   * @param attributes name, value, name, value, …
   */
  XmlText open(String name, String... attributes) {
    start(name, attributes).append(">");
    return this;
  }

  XmlText close(String name) {
    text.append("</").append(name).append(">");
    return this;
  }

  /** An element with text. */
  XmlText leaf(String name, String value, String... attributes) {
    start(name, attributes)
        .append(">")
        .append(escaped(value))
        .append("</")
        .append(name)
        .append(">");
    return this;
  }

  XmlText comment(String words) {
    text.append("<!--").append(words.replace("--", "- -")).append("-->");
    return this;
  }

  XmlText newLine() {
    text.append('\n');
    return this;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private StringBuilder start(String name, String... attributes) {
    text.append("<").append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(" ").append(attributes[i]).append("=\"");
      text.append(escaped(attributes[i + 1]).replace("\"", "&quot;")).append("\"");
    }
    return text;
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
