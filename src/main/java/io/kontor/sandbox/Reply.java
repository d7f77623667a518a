package io.kontor.sandbox;

import java.util.Map;

/** What goes back over HTTP. */
record Reply(int status, String contentType, String body, Map<String, String> headers) {

  static Reply json(int status, Object value) {
    return new Reply(status, "application/json; charset=utf-8", Json.text(value), Map.of());
  }

  static Reply html(int status, String page) {
    return html(status, page, Map.of());
  }

  static Reply html(int status, String page, Map<String, String> headers) {
    return new Reply(status, "text/html; charset=utf-8", page, headers);
  }

  /** The page that a path outside of everything gets. */
  static Reply notFound() {
    return html(
        404,
        """
        <!doctype html>
        <html lang=en>
        <title>404 Not Found</title>
        <h1>Not Found</h1>
        <p>The requested URL was not found on the server. If you entered the URL manually please \
        check your spelling and try again.</p>
        """);
  }
}
