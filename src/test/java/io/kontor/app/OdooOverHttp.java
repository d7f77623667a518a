package io.kontor.app;

import io.kontor.failure.InDoubtFailure;
import io.kontor.odoo.OdooPort;
import io.kontor.odoo.OdooReply;
import io.kontor.odoo.OdooRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** The way to Odoo for tests themselves. */
record OdooOverHttp(String url) implements OdooPort {

  @Override
  public OdooReply send(OdooRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(url + request.path()))
            .POST(HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach(http::header);
    try {
      HttpResponse<String> reply =
          HttpClient.newHttpClient().send(http.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> headers = new HashMap<>();
      reply.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new OdooReply(reply.statusCode(), headers, reply.body());
    } catch (IOException | InterruptedException e) {
      throw new InDoubtFailure("odoo-no-answer", url, e.toString(), e);
    }
  }
}
