package io.kontor.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON as Odoo writes it: floats are read as the decimals they print as, false stands for null. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  static ObjectNode object(Map<String, ?> values) {
    return MAPPER.valueToTree(values);
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }

  /** The document; none where the text is empty or not JSON, as the page of a proxy is. */
  static Optional<JsonNode> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** 429 and 503 are said by whatever stands in front of Odoo, whatever their body looks like. */
  static boolean isBusy(int status) {
    return status == 429 || status == 503;
  }

  static List<Long> longs(JsonNode array) {
    List<Long> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asLong()));
    return values;
  }

  /** The id of a many-to-one field, which is {@code [id, name]}, or false where it is not set. */
  static Optional<Long> reference(JsonNode manyToOne) {
    return manyToOne.isArray() ? Optional.of(manyToOne.get(0).asLong()) : Optional.empty();
  }

  /** The name of a many-to-one field, empty where it is not set. */
  static String referenceName(JsonNode manyToOne) {
    return manyToOne.isArray() ? manyToOne.get(1).asText() : "";
  }

  static BigDecimal decimal(JsonNode number) {
    return number.isNumber() ? number.decimalValue() : BigDecimal.ZERO;
  }

  /** A text field, empty where Odoo says false. */
  static String string(JsonNode text) {
    return text.isTextual() ? text.asText() : "";
  }
}
