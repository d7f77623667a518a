package io.kontor.odoo;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the Odoo server answered.
 *
 * @param status the HTTP status; JSON-RPC answers 200 to everything
 * @param headers HTTP headers, found by name whatever its case
 * @param body the text, empty where there was none
 */
public record OdooReply(int status, Map<String, String> headers, String body) {

  public OdooReply {
    Objects.requireNonNull(body, "body");
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = Collections.unmodifiableMap(byName);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
