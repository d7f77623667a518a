package io.kontor.console;

import io.kontor.failure.Failure;
import io.kontor.failure.TransientFailure;
import io.kontor.work.Actor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * The door for programs and for the command line: {@code /api/<part>/…}. Every answer is JSON but
 * the journal and the pages for people, the first of which is {@code /api} itself; a refusal says
 * {@code error} and {@code message}. Thread-safe.
 */
public final class ConsoleApi {

  /** A part of the API: answers what stands under its own first segment. */
  @FunctionalInterface
  interface Part {
    Reply answer(Request request);
  }

  private final Part home;
  private final Map<String, Part> parts;

  /**
   * @param home answers where no part is named
   * @param parts each under its first segment
   */
  ConsoleApi(Part home, Map<String, Part> parts) {
    this.home = home;
    this.parts = Map.copyOf(parts);
  }

  public static ConsoleApi of(
      DeskPart desk,
      DeliveriesPart deliveries,
      BooksPart books,
      SettlementsPart settlements,
      OpenOrdersPart openOrders,
      PeriodsPart periods,
      HubPart hub,
      ReplayPart replay) {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("desk", desk);
    parts.put("deliveries", deliveries);
    parts.put("batches", books::batches);
    parts.put("settle", books::settle);
    parts.put("settlements", settlements);
    parts.put("open-orders", openOrders);
    parts.put("nights", books::nights);
    parts.put("periods", periods);
    parts.put("tie-out", books::tieOut);
    parts.put("journal", books::journal);
    parts.put("status", hub::status);
    parts.put("waiting", hub::waiting);
    parts.put("audit", hub::audit);
    parts.put("import", hub::importFile);
    parts.put("replay", replay);
    Part home = request -> HomePage.of(hub.now(), desk.open(), books.open(), settlements.list());
    return new ConsoleApi(home, parts);
  }

  /** Answers one request; never throws. */
  public Reply handle(
      @Header(Exchange.HTTP_METHOD) String method,
      @Header(Exchange.HTTP_PATH) String path,
      @Header(Exchange.HTTP_QUERY) String query,
      @Header("Kontor-User") String user,
      @Header("Kontor-Roles") String roles,
      @Body byte[] body) {
    try {
      Request request =
          new Request(
              method.equalsIgnoreCase("HEAD") ? ApiPaths.READ : method.toUpperCase(Locale.ROOT),
              segments(path),
              parameters(query),
              body == null ? new byte[0] : body,
              new Actor(user),
              new TreeSet<>(Arrays.asList((roles == null ? "" : roles).split(",", -1))));
      return method.equalsIgnoreCase("HEAD") ? head(request) : answer(request);
    } catch (NotAllowedException e) {
      return error(query, 403, "not-allowed", e.getMessage());
    } catch (TransientFailure e) {
      return error(query, 503, e.code(), e.getMessage());
    } catch (Failure e) {
      return error(query, e.code().startsWith("unknown-") ? 404 : 422, e.code(), e.getMessage());
    } catch (IllegalArgumentException | DateTimeException e) {
      return error(query, 400, "bad-request", String.valueOf(e.getMessage()));
    }
  }

  /** Whoever asked for a page reads the reason on one. */
  private static Reply error(String query, int status, String code, String message) {
    if (!"html".equals(parameters(query).get("format"))) {
      return error(status, code, message);
    }
    Reply page =
        new HtmlPage("Not answered")
            .links("Kontor", "/api")
            .text("break", message)
            .text("quiet", "%s, HTTP status %d".formatted(code, status))
            .reply();
    return new Reply(status, page.contentType(), page.content(), page.allow());
  }

  private Reply answer(Request request) {
    Part part = request.path().isEmpty() ? home : parts.get(request.path().get(0));
    if (part == null) {
      return error(404, "no-such-part", "there is: " + new TreeSet<>(parts.keySet()));
    }
    String place = "/api/" + String.join("/", request.path());
    Optional<String> method = ApiPaths.method(request.path());
    if (method.isEmpty()) {
      return error(404, "unknown-page", "there is no " + place);
    }
    if (!request.method().equals(method.get())) {
      return error(
              405, "method", "%s takes %s, not %s".formatted(place, method.get(), request.method()))
          .allowing(method.get().equals(ApiPaths.READ) ? "GET, HEAD" : method.get());
    }
    return part.answer(request);
  }

  /** As it is asked by GET, without the content: over HTTP/2 nobody else would leave it out. */
  private Reply head(Request request) {
    Reply whole = answer(request);
    return new Reply(whole.status(), whole.contentType(), new byte[0], whole.allow());
  }

  private static Reply error(int status, String code, String message) {
    return Reply.json(status, Views.object().put("error", code).put("message", message));
  }

  /** The segments after {@code /api}. */
  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : (path == null ? "" : path).split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(URLDecoder.decode(segment, StandardCharsets.UTF_8));
      }
    }
    if (!segments.isEmpty() && segments.get(0).equals("api")) {
      segments.remove(0);
    }
    return segments;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : (query == null ? "" : query).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }
}
