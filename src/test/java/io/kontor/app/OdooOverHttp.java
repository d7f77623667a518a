package io.kontor.app;

import io.kontor.app.command.DemoOdoo;
import io.kontor.failure.InDoubtFailure;
import io.kontor.mapping.MappingsReader;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooClient;
import io.kontor.odoo.OdooPort;
import io.kontor.odoo.OdooReply;
import io.kontor.odoo.OdooRequest;
import io.kontor.odoo.OdooSetup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The way to the sandbox Odoo for a test itself. */
record OdooOverHttp(String url) implements OdooPort {

  /** Creates what the sample day needs there. */
  void prepareSampleDay() {
    new OdooSetup(OdooClient.connect(this, new OdooAccess("sandbox", "admin", KillableHub.KEY)))
        .ensure(
            new DemoOdoo(MappingsReader.read(Path.of("mappings")))
                .plan(PartOfADay.WHOLE.products()));
  }

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
