package io.kontor.app;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.platform.http.plugin.DefaultJolokiaPlatformHttpPlugin;
import org.jolokia.json.JSONArray;
import org.jolokia.json.JSONObject;
import org.jolokia.json.parser.JSONParser;
import org.jolokia.json.parser.ParseException;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.JolokiaRequestFactory;
import org.jolokia.server.core.request.ProcessingParameters;

/**
 * JMX over HTTP, which says what is wrong with a request that is none: by itself it answers that as
 * an error of the server, and hides the reason.
 */
final class Jolokia extends DefaultJolokiaPlatformHttpPlugin {

  @Override
  @SuppressWarnings("unchecked")
  public Object getHandler() {
    Handler<RoutingContext> understood = (Handler<RoutingContext>) super.getHandler();
    Handler<RoutingContext> checked =
        context -> {
          Optional<String> fault =
              context.request().method().equals(HttpMethod.POST)
                  ? fault(context.body().asString())
                  : Optional.empty();
          if (fault.isPresent()) {
            Gate.refuse(context, 400, "bad-request", fault.get());
          } else {
            understood.handle(context);
          }
        };
    return checked;
  }

  private static Optional<String> fault(String body) {
    ProcessingParameters none = new ProcessingParameters(Map.of());
    try {
      Object asked = new JSONParser().parse(body == null ? "" : body);
      if (asked instanceof JSONArray several) {
        JolokiaRequestFactory.createPostRequests(several, none);
      } else if (asked instanceof JSONObject one) {
        JolokiaRequestFactory.createPostRequest(one, none);
      } else {
        return Optional.of(inWords("it is neither an object nor a list of them"));
      }
      return Optional.empty();
    } catch (BadRequestException | ParseException | IOException | RuntimeException e) {
      return Optional.of(inWords(String.valueOf(e.getMessage())));
    }
  }

  private static String inWords(String reason) {
    return "JMX is asked by a JSON object in the body, such as {\"type\":\"version\"}: " + reason;
  }
}
