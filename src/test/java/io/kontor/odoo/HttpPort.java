package io.kontor.odoo;

import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.TransientFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The port over the JDK's own HTTP client, as plain as it goes. */
final class HttpPort implements OdooPort {

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI server;

  HttpPort(String server) {
    this.server = URI.create(server);
  }

  @Override
  public OdooReply send(OdooRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(server.resolve(request.path()))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach(http::header);
    try {
      HttpResponse<String> reply = client.send(http.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> headers = new LinkedHashMap<>();
      reply.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new OdooReply(reply.statusCode(), headers, reply.body());
    } catch (ConnectException e) {
      throw new TransientFailure("odoo-unreachable", server.toString(), "refused", e);
    } catch (IOException e) {
      throw new InDoubtFailure("odoo-no-answer", server.toString(), "broke off: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InDoubtFailure("odoo-no-answer", server.toString(), "interrupted", e);
    }
  }
}
