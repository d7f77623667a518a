package io.kontor.app;

import io.kontor.app.Settings.Role;
import io.kontor.app.Settings.User;
import io.kontor.flow.WebhookAnswers;
import io.kontor.words.Words;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stands before every handler of the one HTTP listener. Webhooks are let through to be judged by
 * their signature, health and metrics are open, and <em>everything else</em> needs a user, so that
 * a new path is closed until somebody opens it.
 */
final class Gate implements Handler<RoutingContext> {

  /** The header that tells handlers behind the gate who asks; what a client sends is removed. */
  static final String USER = "Kontor-User";

  /** The header that tells handlers behind the gate what that user may do, comma-separated. */
  static final String ROLES = "Kontor-Roles";

  private static final String HOME = "/api";
  private static final Set<String> LEADING_HOME = Set.of("/", "/console", "/console/");
  private static final int RETRY_SECONDS = 5;
  private static final Set<String> READ_BY_GET =
      Set.of("/jolokia", "/jolokia/", "/jolokia/version");
  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Users users;
  private final int bodyLimit;
  private final BodyBudget bodies;
  private volatile boolean open;

  Gate(Users users, int bodyLimit, BodyBudget bodies) {
    this.users = users;
    this.bodyLimit = bodyLimit;
    this.bodies = bodies;
  }

  /** Lets requests in; until then, and after {@link #close}, webhooks are asked to come again. */
  void open() {
    open = true;
  }

  void close() {
    open = false;
  }

  /** Until it is open, nobody should be sent here. */
  Probe probe() {
    return open
        ? Probe.up("requests are let in", Map.of())
        : Probe.down("the hub is starting or stopping", Map.of());
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    request.headers().remove(USER).remove(ROLES);
    String path = context.normalizedPath();
    String methods = methods(path);
    if (isHead(request) && methods.equals("GET")) {
      context.reroute(HttpMethod.GET, request.uri());
    } else if (!methods.isEmpty()
        && !List.of(methods.split(", ", -1)).contains(request.method().name())) {
      context.response().putHeader("Allow", methods);
      refuse(context, 405, "method", path + " takes " + methods + ", not " + request.method());
    } else if (path.startsWith("/observe/")) {
      context.next();
    } else if (!open) {
      context.response().putHeader("Retry-After", String.valueOf(RETRY_SECONDS));
      refuse(context, 503, "not-ready", "The hub is starting or stopping");
    } else if (path.startsWith("/hooks/")) {
      letWebhookIn(context);
    } else {
      letUserIn(context, path);
    }
  }

  /** The methods of what does not say so itself, as the API does; empty for that. */
  private static String methods(String path) {
    if (path.startsWith("/hooks/")) {
      return "POST";
    }
    if (path.startsWith("/jolokia")) {
      return "GET, POST";
    }
    return path.startsWith("/api") ? "" : "GET";
  }

  /**
   * Handlers behind the gate answer GET alone, and the server leaves the content out; over HTTP/2
   * it would not.
   */
  private static boolean isHead(HttpServerRequest request) {
    return request.method().equals(HttpMethod.HEAD) && request.version() != HttpVersion.HTTP_2;
  }

  /**
   * Refuses before the body is read what would be parsed as a form, what is too big, and what comes
   * together with too much else.
   */
  private void letWebhookIn(RoutingContext context) {
    if (isForm(context.request())) {
      refuse(context, 415, "content-type", "A form is not a document");
    } else if (contentLength(context.request()) > bodyLimit) {
      refuse(context, 413, "too-big", "A webhook has at most " + bodyLimit + " bytes");
    } else if (!bodies.take(context, mostBytes(context.request()))) {
      context.response().putHeader("Retry-After", String.valueOf(RETRY_SECONDS));
      refuse(context, 503, "too-many-at-once", "More is coming in than there is memory for");
    } else {
      context.next();
    }
  }

  /** Over HTTP/2 a body of no stated length is not chunked either. */
  private long mostBytes(HttpServerRequest request) {
    boolean stated =
        request.getHeader("Content-Length") != null
            && request.getHeader("Transfer-Encoding") == null;
    return stated ? contentLength(request) : bodyLimit;
  }

  private static boolean isForm(HttpServerRequest request) {
    String type =
        Optional.ofNullable(request.getHeader("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded");
  }

  /** Answers what fails between the gate and the routes, such as a body of unstated length. */
  void answerFailure(RoutingContext context) {
    if (context.statusCode() == 413) {
      refuse(context, 413, "too-big", "A webhook has at most " + bodyLimit + " bytes");
    } else {
      refuse(context, 500, "failed", "The request could not be handled");
    }
  }

  /** Answers what nothing behind the gate answers. */
  static void answerMissing(RoutingContext context) {
    refuse(context, 404, "unknown-page", "there is no " + context.normalizedPath());
  }

  private static long contentLength(HttpServerRequest request) {
    try {
      String length = request.getHeader("Content-Length");
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void letUserIn(RoutingContext context, String path) {
    HttpServerRequest request = context.request();
    Optional<User> user = users.authenticate(request.getHeader("Authorization"));
    if (user.isEmpty()) {
      context.response().putHeader("WWW-Authenticate", "Basic realm=\"Kontor\", charset=\"UTF-8\"");
      refuse(context, 401, "who-are-you", "This needs the name and key of a user");
    } else if (fromForeignPage(request)) {
      refuse(context, 403, "foreign-origin", "The request comes from another site's page");
    } else if (path.startsWith("/jolokia") && !mayUseJmx(user.get())) {
      refuse(context, 403, "not-allowed", "JMX needs the role operator or engineer");
    } else if (path.startsWith("/jolokia") && !mayRead(context, path)) {
      refuse(context, 405, "post-only", "JMX is read and changed by POST");
    } else if (path.startsWith("/jolokia") && isEmptyPost(request)) {
      refuse(context, 400, "empty-body", "JMX is asked by a JSON object in the body");
    } else if (saysWhoAsks(context)) {
      refuse(context, 400, "reserved-name", "Only the gate says " + USER + " and " + ROLES);
    } else if (isForm(request)) {
      refuse(context, 415, "content-type", "A request is not a form; its body is JSON or a file");
    } else if (contentLength(request) > bodyLimit) {
      refuse(
          context,
          413,
          "too-big",
          "A request has at most %d bytes: take a larger file in by the command import, or lay it into inbox/<channel>/<document>/ of the data directory"
              .formatted(bodyLimit));
    } else {
      // The key has done its work: no route, trace or message of an error is to show it.
      request.headers().remove("Authorization");
      request.headers().set(USER, user.get().name()).set(ROLES, roles(user.get()));
      protect(context.response());
      if (LEADING_HOME.contains(path)) {
        context.redirect(HOME);
      } else {
        context.next();
      }
    }
  }

  /** No other site frames the console's buttons, and no browser takes a document for a page. */
  private static void protect(HttpServerResponse response) {
    response
        .putHeader("X-Frame-Options", "SAMEORIGIN")
        .putHeader("X-Content-Type-Options", "nosniff");
  }

  /**
   * Camel makes headers of a query's parameters and of a form's fields, beside those that are there
   * already: by them a user could take another's name or roles.
   */
  private static boolean saysWhoAsks(RoutingContext context) {
    return context.queryParams().names().stream()
        .anyMatch(name -> name.equalsIgnoreCase(USER) || name.equalsIgnoreCase(ROLES));
  }

  /** A browser sends the user's key with any page's request; only our own pages may change. */
  private static boolean fromForeignPage(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (origin == null || READING.contains(request.method())) {
      return false;
    }
    try {
      return !String.valueOf(URI.create(origin).getAuthority()).equals(request.getHeader("Host"));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static boolean mayUseJmx(User user) {
    return user.roles().contains(Role.OPERATOR) || user.roles().contains(Role.ENGINEER);
  }

  /**
   * Jolokia can change by GET, which any page can make a browser send. What it is to do may stand
   * in the path or in the parameter {@code p}.
   */
  private static boolean mayRead(RoutingContext context, String path) {
    return !READING.contains(context.request().method())
        || (READ_BY_GET.contains(path) && !context.queryParams().contains("p"));
  }

  private static boolean isEmptyPost(HttpServerRequest request) {
    return request.method().equals(HttpMethod.POST)
        && contentLength(request) == 0
        && request.getHeader("Transfer-Encoding") == null;
  }

  private static String roles(User user) {
    return user.roles().stream().map(Words::of).sorted().collect(Collectors.joining(","));
  }

  static void refuse(RoutingContext context, int status, String error, String message) {
    // Closing keeps a body that nobody will read from being taken for the next request.
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Connection", "close")
        .end(WebhookAnswers.json(error, message));
  }
}
