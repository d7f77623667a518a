package io.kontor.sandbox.day;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Sample days to look at, and eyes for their bytes. */
final class Days {

  static final LocalDate DATE = LocalDate.of(2026, 11, 20);
  static final SampleDay DAY = SampleDay.generate(1, DATE);

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Days() {}

  /** Several seeds: what must hold, must hold for any. */
  static Stream<SampleDay> several() {
    return Stream.of(
        DAY, SampleDay.generate(2, DATE), SampleDay.generate(77, LocalDate.of(2027, 3, 2)));
  }

  static List<SampleDocument> documents(SampleDay day, String channel, String document) {
    return day.documents().stream()
        .filter(d -> d.channel().startsWith(channel) && d.document().equals(document))
        .filter(d -> !d.note().equals("cut off in the middle"))
        .toList();
  }

  static JsonNode json(SampleDocument document) {
    try {
      return JSON.readTree(document.body());
    } catch (IOException e) {
      throw new UncheckedIOException(document.fileName(), e);
    }
  }

  static Document xml(SampleDocument document) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(document.body()));
    } catch (Exception e) {
      throw new AssertionError(document.fileName(), e);
    }
  }

  static BigDecimal amount(JsonNode node) {
    return new BigDecimal(node.asText());
  }

  static BigDecimal sum(Stream<BigDecimal> amounts) {
    return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static Stream<JsonNode> each(JsonNode array) {
    List<JsonNode> nodes = new ArrayList<>();
    array.forEach(nodes::add);
    return nodes.stream();
  }

  /** The elements of a name below {@code parent}, at any depth. */
  static List<Element> below(Node parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        if (element.getTagName().equals(name)) {
          found.add(element);
        }
        found.addAll(below(element, name));
      }
    }
    return List.copyOf(found);
  }

  /** The number in the first child element of that name. */
  static BigDecimal number(Element parent, String name) {
    return new BigDecimal(text(parent, name));
  }

  static String text(Element parent, String name) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && element.getTagName().equals(name)) {
        return element.getTextContent();
      }
    }
    throw new AssertionError(parent.getTagName() + " has no " + name);
  }

  static BigDecimal total(Element transaction, String type) {
    return below(transaction, "Total").stream()
        .filter(total -> total.getAttribute("TotalType").equals(type))
        .map(total -> new BigDecimal(total.getTextContent()))
        .findFirst()
        .orElseThrow();
  }
}
