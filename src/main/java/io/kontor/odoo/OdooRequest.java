package io.kontor.odoo;

import java.util.Map;
import java.util.Objects;

/**
 * A POST to be made to the Odoo server.
 *
 * @param path what follows the server's address, beginning with a slash
 * @param headers HTTP headers by name; they and the body carry the API key, so neither is printed
 * @param body JSON in UTF-8
 */
public record OdooRequest(String path, Map<String, String> headers, String body) {

  public OdooRequest {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "POST " + path;
  }
}
