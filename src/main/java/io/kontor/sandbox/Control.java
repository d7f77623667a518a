package io.kontor.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What tests ask of the sandbox itself, outside Odoo's paths.
 *
 * <ul>
 *   <li>{@code POST /sandbox/faults} adds rules: a list of {@code {match, do}}. {@code match} names
 *       {@code model}, {@code method}, and {@code nth} or {@code from} and {@code to} (counted by
 *       rule, from 1), or {@code probability} and {@code seed}; what it leaves out matches always.
 *       {@code do} is one of {@code {"delay": ms}}, {@code {"status": n, "retryAfter": s}}, {@code
 *       "drop-before"}, {@code "apply-then-drop"}, {@code {"apply-then-delay": ms}}, {@code
 *       "serialize"}.
 *   <li>{@code DELETE /sandbox/faults} takes all rules away.
 *   <li>{@code GET /sandbox/state} counts records, orders and entries by state, requests and
 *       faults.
 *   <li>{@code GET /sandbox/log} lists the latest calls with status, fault and milliseconds.
 * </ul>
 */
final class Control {

  static final String PREFIX = "/sandbox/";

  private static final int REMEMBERED = 2_000;

  private final Odoo odoo;
  private final Faults faults;
  private final Deque<Map<String, Object>> log = new ArrayDeque<>();
  private long requests;

  Control(Odoo odoo, Faults faults) {
    this.odoo = odoo;
    this.faults = faults;
  }

  Reply answer(Request request) {
    return switch (request.method() + " " + request.path()) {
      case "POST /sandbox/faults" -> arm(request);
      case "DELETE /sandbox/faults" -> {
        faults.clear();
        yield Reply.json(200, Map.of("rules", 0));
      }
      case "GET /sandbox/state" -> Reply.json(200, state());
      case "GET /sandbox/log" -> Reply.json(200, log());
      default -> Reply.notFound();
    };
  }

  synchronized void remember(Call call, int status, String fault, long millis) {
    requests++;
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("at", Instant.now().toString());
    entry.put("model", call.model());
    entry.put("method", call.method());
    entry.put("status", status);
    entry.put("fault", fault);
    entry.put("millis", millis);
    log.addLast(entry);
    if (log.size() > REMEMBERED) {
      log.removeFirst();
    }
  }

  private synchronized List<Object> log() {
    return new ArrayList<>(log);
  }

  private Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("version", odoo.version().series());
    state.put("counts", odoo.counts());
    state.put("orders", odoo.states("sale.order"));
    state.put("entries", odoo.states("account.move"));
    synchronized (this) {
      state.put("requests", requests);
    }
    state.put("faults", faults.struck());
    return state;
  }

  private Reply arm(Request request) {
    try {
      Object given = Json.read(request.body());
      List<Object> rules = given instanceof List<?> ? Values.list(given) : List.of(given);
      faults.add(rules);
      return Reply.json(200, Map.of("rules", rules.size()));
    } catch (IOException | IllegalArgumentException | OdooFault e) {
      return Reply.json(400, Map.of("message", String.valueOf(e.getMessage())));
    }
  }
}
