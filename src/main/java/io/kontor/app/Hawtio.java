package io.kontor.app;

import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the Hawtio console from the files that the build unpacks beside the program. Camel's own
 * static serving reads binary files as text and so breaks fonts; Vert.x's does not.
 */
final class Hawtio {

  private static final Logger LOG = LoggerFactory.getLogger(Hawtio.class);
  private static final String PATH = "/hawtio";

  /** What Hawtio's own server would answer; without these it asks for a login of its own. */
  private static final Map<String, String> STUBS =
      Map.of(
          "user", "\"public\"",
          "plugin", "[]",
          "keycloak/enabled", "false",
          "auth/config", "{}",
          "auth/config/session-timeout", "{\"timeout\":-1}");

  private Hawtio() {}

  static void serve(VertxPlatformHttpRouter router) {
    Optional<Path> files = files();
    if (files.isEmpty()) {
      LOG.info("Hawtio is not served: mvn package unpacks it beside the program");
      return;
    }
    String directory = files.get().toAbsolutePath().toString();
    // Vert.x takes the path with a slash at its end for the same.
    router
        .get(PATH)
        .handler(
            context -> {
              if (context.request().path().equals(PATH)) {
                context.redirect(PATH + "/");
              } else {
                context.next();
              }
            });
    STUBS.forEach(
        (path, answer) ->
            router
                .get(PATH + "/" + path)
                .handler(
                    context ->
                        context
                            .response()
                            .putHeader("Content-Type", "application/json")
                            .end(answer)));
    router.get(PATH + "/*").handler(StaticHandler.create(FileSystemAccess.ROOT, directory));
    // Any other path is a page of the single-page console.
    router
        .get(PATH + "/*")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .sendFile(directory + File.separator + "index.html"));
  }

  /** Beside {@code kontor.jar}, or beside {@code target/classes}. */
  private static Optional<Path> files() {
    try {
      Path program =
          Path.of(Hawtio.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return List.of(program.resolveSibling("hawtio")).stream()
          .filter(path -> Files.exists(path.resolve("index.html")))
          .findFirst();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
