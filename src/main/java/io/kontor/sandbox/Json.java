package io.kontor.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;

/** JSON with exact decimals, written as Python writes floats: 15 is {@code 15.0}. */
final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .addModule(new SimpleModule().addSerializer(BigDecimal.class, new PythonFloat()))
          .build();

  private static final TypeReference<Object> ANYTHING = new TypeReference<>() {};

  private Json() {}

  /**
   * Reads maps, lists, strings, numbers, booleans and null.
   *
   * @throws JsonProcessingException if it is not JSON
   */
  static Object read(String text) throws JsonProcessingException {
    return MAPPER.readValue(text, ANYTHING);
  }

  /** The same for JSON that this program wrote itself. */
  static Object restore(String text) {
    try {
      return read(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON cannot be read", e);
    }
  }

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }

  private static final class PythonFloat extends StdSerializer<BigDecimal> {

    @Serial private static final long serialVersionUID = 1L;

    PythonFloat() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      BigDecimal stripped = value.stripTrailingZeros();
      out.writeNumber(stripped.setScale(Math.max(1, stripped.scale())).toPlainString());
    }
  }
}
