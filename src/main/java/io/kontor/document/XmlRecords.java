package io.kontor.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.failure.RejectedFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML to JSON trees, one record at a time, so that jq can read it.
 *
 * <p>The tree is predictable, whatever the document happens to hold:
 *
 * <ul>
 *   <li>every child element stands in an <em>array</em> under its name, also when there is one:
 *       {@code .LineItem[]}, {@code .Sale[0]};
 *   <li>an element without attributes and without children is a string, any other is an object;
 *   <li>an attribute is {@code "@name"}; the text of an element that has attributes is {@code
 *       "#text"};
 *   <li>names of the record's own namespace (and of none) are written without a prefix, all others
 *       as {@code prefix:name} with the prefix that the document itself declares: {@code
 *       acs:ItemID}. The record itself is found in any namespace, so that it may come in an
 *       envelope.
 * </ul>
 *
 * <p>Document type declarations and external entities are refused.
 */
public final class XmlRecords {

  /** A document that is larger, unpacked, is refused. It is never in memory as a whole. */
  public static final int MOST_BYTES = 256 << 20;

  private static final int HEAD = 200;
  private static final int MOST_DEPTH = 100;
  private static final int MOST_TEXT = 1 << 20;
  private static final int MOST_ELEMENTS = 500_000;
  private static final Set<Integer> TEXT =
      Set.of(XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE);
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader xml;
  private final String record;
  private String home = "";
  private int elements;

  private XmlRecords(XMLStreamReader xml, String record) {
    this.xml = xml;
    this.record = record;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // A text comes in pieces, so that one without an end is refused before it fills the memory.
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }

  /**
   * Hands over each element named {@code record}, wherever it stands, in the document's order.
   * Records that stand before a fault have been handed over when it is found.
   *
   * @param body the document, which may be gzipped or zipped
   * @return how many records there were
   * @throws RejectedFailure {@code empty-document}, {@code html-instead-of-xml}, {@code
   *     invalid-utf-8}, {@code doctype-refused}, {@code not-xml}, {@code several-documents}, {@code
   *     document-too-large}; the message names the position
   */
  public static long read(byte[] body, String record, Consumer<ObjectNode> consumer) {
    try (InputStream first = Unpacking.document(body, MOST_BYTES, "XML");
        InputStream second = Unpacking.document(body, MOST_BYTES, "XML")) {
      byte[] head = first.readNBytes(HEAD);
      Json.refuseEmpty(head);
      Json.refuseHtml(head, "xml");
      if (isUtf8(head)) {
        Text.checkUtf8(new SequenceInputStream(new ByteArrayInputStream(head), first));
      }
      XMLStreamReader xml = FACTORY.createXMLStreamReader(second);
      while (xml.next() != XMLStreamConstants.START_ELEMENT) {
        if (xml.getEventType() == XMLStreamConstants.DTD) {
          throw new RejectedFailure(
              "doctype-refused",
              "line " + xml.getLocation().getLineNumber(),
              "the document declares a document type, which is refused because it can name files and bombs: have it sent without <!DOCTYPE>");
        }
      }
      return new XmlRecords(xml, record).records(consumer);
    } catch (XMLStreamException e) {
      throw notXml(e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }

  /** XML without a declaration is UTF-8; another encoding is the parser's business. */
  private static boolean isUtf8(byte[] bytes) {
    if (bytes.length >= 2 && (bytes[0] & 0xff) >= 0xfe && (bytes[1] & 0xff) >= 0xfe) {
      return false;
    }
    String head =
        new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    int end = head.indexOf("?>");
    return end < 0
        || !head.substring(0, end).contains("encoding")
        || head.substring(0, end).matches("(?s).*encoding\\s*=\\s*[\"']utf-?8[\"'].*");
  }

  private long records(Consumer<ObjectNode> consumer) throws XMLStreamException {
    long count = 0;
    int depth = 0;
    while (true) {
      if (xml.isStartElement() && xml.getLocalName().equals(record)) {
        elements = 0;
        home = Objects.requireNonNullElse(xml.getNamespaceURI(), "");
        consumer.accept(tree(depth));
        count++;
      } else if (xml.isStartElement()) {
        depth++;
        refuseDepth(depth);
      } else if (xml.isEndElement()) {
        depth--;
      }
      if (depth == 0 && xml.getEventType() == XMLStreamConstants.END_ELEMENT) {
        finish();
        return count;
      }
      xml.next();
    }
  }

  private void finish() {
    int line = xml.getLocation().getLineNumber();
    try {
      while (xml.hasNext()) {
        xml.next();
      }
    } catch (XMLStreamException e) {
      throw new RejectedFailure(
          "several-documents",
          "line " + line,
          "the document ends in line %d, but the file goes on: what stands before was read, the rest was not; import each document as a file of its own"
              .formatted(line),
          e);
    }
  }

  /** Reads the element at which the reader stands, up to its end. */
  private ObjectNode tree(int depth) throws XMLStreamException {
    refuseDepth(depth);
    if (++elements > MOST_ELEMENTS) {
      throw new RejectedFailure(
          "document-too-large",
          "line " + xml.getLocation().getLineNumber(),
          "a <%s> has more than %d elements: split it".formatted(record, MOST_ELEMENTS));
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String name =
          name(
              xml.getAttributeNamespace(i),
              xml.getAttributePrefix(i),
              xml.getAttributeLocalName(i));
      node.put("@" + name, xml.getAttributeValue(i));
    }
    StringBuilder text = new StringBuilder();
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      if (xml.isStartElement()) {
        String name = name();
        ArrayNode siblings = node.get(name) instanceof ArrayNode some ? some : node.putArray(name);
        ObjectNode child = tree(depth + 1);
        if (child.isEmpty() || (child.size() == 1 && child.has("#text"))) {
          siblings.add(child.path("#text").asText(""));
        } else {
          siblings.add(child);
        }
      } else if (xml.hasText() && TEXT.contains(xml.getEventType())) {
        text.append(xml.getText());
        refuseLongText(text);
      }
    }
    if (!text.toString().isBlank()) {
      node.put("#text", text.toString().strip());
    }
    return node;
  }

  private void refuseDepth(int depth) {
    if (depth > MOST_DEPTH) {
      throw new RejectedFailure(
          "document-too-large",
          "line " + xml.getLocation().getLineNumber(),
          "the document is nested deeper than %d elements: it is damaged or is something else, have it sent again"
              .formatted(MOST_DEPTH));
    }
  }

  private void refuseLongText(StringBuilder text) {
    if (text.length() > MOST_TEXT) {
      throw new RejectedFailure(
          "line-too-long",
          "line " + xml.getLocation().getLineNumber(),
          "an element holds more than %d characters of text: the document is damaged"
              .formatted(MOST_TEXT));
    }
  }

  private String name() {
    return name(xml.getNamespaceURI(), xml.getPrefix(), xml.getLocalName());
  }

  private String name(String namespace, String prefix, String local) {
    boolean ours = namespace == null || namespace.isEmpty() || namespace.equals(home);
    return ours || prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
  }

  private static RejectedFailure notXml(XMLStreamException e) {
    String where =
        e.getLocation() == null
            ? "the start"
            : "line %d, column %d"
                .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber());
    String detail = e.getMessage() == null ? "" : e.getMessage().replaceAll("(?s).*Message: ", "");
    return new RejectedFailure(
        "not-xml",
        where,
        "not readable as XML at %s: %s; correct the document, or have it sent again"
            .formatted(where, detail.lines().findFirst().orElse("")),
        e);
  }
}
