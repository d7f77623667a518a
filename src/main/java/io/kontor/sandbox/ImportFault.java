package io.kontor.sandbox;

import java.io.Serial;
import java.util.Map;

/** A cell that {@code load} could not convert; the message leaves a place for the field's label. */
final class ImportFault extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  static final String FIELD = "%(field)s";

  private final transient Map<String, Object> more;

  ImportFault(String message, Map<String, Object> more) {
    super(message, null, false, false);
    this.more = more;
  }

  /** The same seen from the record above: the field is now {@code …/label}. */
  ImportFault within(String label) {
    return new ImportFault(getMessage().replace(FIELD, FIELD + "/" + label), more);
  }

  String messageFor(String label) {
    return getMessage().replace(FIELD, label);
  }

  Map<String, Object> more() {
    return more;
  }
}
