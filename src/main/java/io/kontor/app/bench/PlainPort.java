package io.kontor.app.bench;

import io.kontor.failure.InDoubtFailure;
import io.kontor.odoo.OdooPort;
import io.kontor.odoo.OdooReply;
import io.kontor.odoo.OdooRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The same plain way to Odoo for both sides of a benchmark. Thread-safe. */
final class PlainPort implements OdooPort {

  private final HttpClient http;
  private final String url;
  private final Duration timeout;

  PlainPort(String url, Duration connect, Duration timeout) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect)
            .build();
    this.url = url;
    this.timeout = timeout;
  }

  @Override
  public OdooReply send(OdooRequest request) {
    HttpRequest.Builder call =
        HttpRequest.newBuilder(URI.create(url + request.path()))
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach(call::header);
    try {
      HttpResponse<String> reply = http.send(call.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> headers = new HashMap<>();
      reply.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new OdooReply(reply.statusCode(), headers, reply.body());
    } catch (IOException e) {
      throw new InDoubtFailure("odoo-no-answer", url, "Odoo did not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InDoubtFailure("odoo-no-answer", url, "interrupted", e);
    }
  }
}
