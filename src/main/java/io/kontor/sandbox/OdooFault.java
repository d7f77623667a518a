package io.kontor.sandbox;

import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A refusal as Odoo words it: the name of its exception, a message, and JSON-2's HTTP status. */
final class OdooFault extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String name;
  private final int status;
  private final String field;

  private OdooFault(String name, int status, String message) {
    this(name, status, message, "");
  }

  private OdooFault(String name, int status, String message, String field) {
    super(message, null, false, false);
    this.name = name;
    this.status = status;
    this.field = field;
  }

  static OdooFault user(String message) {
    return new OdooFault("odoo.exceptions.UserError", 422, message);
  }

  static OdooFault validation(String message) {
    return new OdooFault("odoo.exceptions.ValidationError", 422, message);
  }

  /** A mandatory field that the database missed. */
  static OdooFault missingValue(String field, String message) {
    return new OdooFault("odoo.exceptions.ValidationError", 422, message, field);
  }

  static OdooFault access(String message) {
    return new OdooFault("odoo.exceptions.AccessError", 403, message);
  }

  static OdooFault denied() {
    return new OdooFault("odoo.exceptions.AccessDenied", 403, "Access Denied");
  }

  static OdooFault missing(String model, List<Integer> ids) {
    StringBuilder tuple = new StringBuilder();
    for (int index = 0; index < ids.size(); index++) {
      tuple.append(index == 0 ? "" : " ").append(ids.get(index)).append(',');
    }
    if (ids.size() > 1) {
      tuple.setLength(tuple.length() - 1);
    }
    return new OdooFault(
        "odoo.exceptions.MissingError",
        404,
        "Record does not exist or has been deleted.\n(Record: %s(%s), User: %d)"
            .formatted(model, tuple, Env.USER));
  }

  static OdooFault value(String message) {
    return new OdooFault("builtins.ValueError", 500, message);
  }

  static OdooFault type(String message) {
    return new OdooFault("builtins.TypeError", 500, message);
  }

  static OdooFault attribute(String message) {
    return new OdooFault("builtins.AttributeError", 500, message);
  }

  /** A mistake of the sandbox itself, which must not look like a broken connection. */
  static OdooFault unexpected(RuntimeException mistake) {
    return new OdooFault("builtins.Exception", 500, "sandbox: " + mistake);
  }

  static OdooFault serialization() {
    return new OdooFault("psycopg2.errors.SerializationFailure", 500, LoadImport.CONCURRENT_UPDATE);
  }

  static OdooFault operational(String message) {
    return new OdooFault("psycopg2.OperationalError", 500, message);
  }

  /** A refusal by the web layer, which names the HTTP status among its arguments. */
  static OdooFault http(int status, String message) {
    String name =
        switch (status) {
          case 400 -> "BadRequest";
          case 401 -> "Unauthorized";
          case 404 -> "NotFound";
          case 415 -> "UnsupportedMediaType";
          case 422 -> "UnprocessableEntity";
          default -> "HTTPException";
        };
    return new OdooFault("werkzeug.exceptions." + name, status, message);
  }

  int status() {
    return status;
  }

  /** Whether Odoo's own code raised it for a person to read, not the database. */
  boolean isUserError() {
    return name.startsWith("odoo.exceptions.") && field.isEmpty();
  }

  /** Whether PostgreSQL raised it. */
  boolean isDatabaseError() {
    return name.startsWith("psycopg2.") || !field.isEmpty();
  }

  /** The mandatory field that is missing, or empty. */
  String field() {
    return field;
  }

  /** The class name as Python prints it. */
  String pythonClass() {
    return name.startsWith("builtins.") ? name.substring("builtins.".length()) : name;
  }

  Map<String, Object> body() {
    List<Object> arguments = new ArrayList<>();
    arguments.add(getMessage());
    if (name.startsWith("werkzeug.")) {
      arguments.add(status);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("message", getMessage());
    body.put("arguments", arguments);
    body.put("context", Map.of());
    body.put("debug", "Traceback (most recent call last):\n" + name + ": " + getMessage() + "\n");
    return body;
  }
}
