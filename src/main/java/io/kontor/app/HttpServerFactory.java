package io.kontor.app;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;
import org.apache.camel.main.HttpServerConfigurationProperties;

/**
 * Camel's HTTP server with our gate in the place of its authentication, which is the one place that
 * is certainly before every handler and before the port is opened.
 */
final class HttpServerFactory extends DefaultMainHttpServerFactory {

  private final Gate gate;

  HttpServerFactory(Gate gate) {
    this.gate = gate;
  }

  @Override
  public Service newHttpServer(
      CamelContext context, HttpServerConfigurationProperties configuration) {
    MainHttpServer server = (MainHttpServer) super.newHttpServer(context, configuration);
    AuthenticationConfig authentication = server.getConfiguration().getAuthenticationConfig();
    AuthenticationConfigEntry entry =
        new AuthenticationConfigEntry() {
          @Override
          public Handler<RoutingContext> createAuthenticationHandler(Vertx vertx) {
            return gate;
          }
        };
    entry.setPath("/*");
    authentication.getEntries().add(entry);
    authentication.setEnabled(true);
    return server;
  }
}
