package io.kontor.odoo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A port in front of another one that remembers what was sent, and can be told to spoil one call:
 * before it is sent, or after it was carried out.
 */
final class RecordingPort implements OdooPort {

  private final OdooPort behind;
  private final List<OdooRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private String spoiledMethod = "";
  private UnaryOperator<OdooReply> spoil = UnaryOperator.identity();
  private boolean beforeSending;
  private Runnable meanwhile;

  RecordingPort(OdooPort behind) {
    this.behind = behind;
  }

  @Override
  public OdooReply send(OdooRequest request) {
    requests.add(request);
    if (spoiledMethod.isEmpty() || !carries(request, spoiledMethod)) {
      return behind.send(request);
    }
    spoiledMethod = "";
    if (meanwhile != null) {
      Runnable other = meanwhile;
      meanwhile = null;
      other.run();
      return behind.send(request);
    }
    return spoil.apply(beforeSending ? new OdooReply(0, Map.of(), "") : behind.send(request));
  }

  /** The next call of {@code model.method} is carried out, but this is what comes back. */
  void spoilReplyOf(String modelAndMethod, UnaryOperator<OdooReply> spoil) {
    this.spoiledMethod = modelAndMethod;
    this.spoil = spoil;
    this.beforeSending = false;
  }

  /** The next call of {@code model.method} is not sent at all; this is what comes back. */
  void spoilRequestOf(String modelAndMethod, UnaryOperator<OdooReply> spoil) {
    spoilReplyOf(modelAndMethod, spoil);
    this.beforeSending = true;
  }

  /** Before the next call of {@code model.method} goes out, something else happens. */
  void meanwhile(String modelAndMethod, Runnable other) {
    spoilRequestOf(modelAndMethod, reply -> reply);
    this.meanwhile = other;
  }

  void forget() {
    requests.clear();
  }

  /** How often {@code model.method} was called since the last {@link #forget}. */
  long calls(String modelAndMethod) {
    return requests.stream().filter(request -> carries(request, modelAndMethod)).count();
  }

  private static boolean carries(OdooRequest request, String modelAndMethod) {
    int dot = modelAndMethod.lastIndexOf('.');
    String model = modelAndMethod.substring(0, dot);
    String method = modelAndMethod.substring(dot + 1);
    return request.path().equals("/json/2/" + model + "/" + method)
        || request.body().contains("\"%s\",\"%s\"".formatted(model, method));
  }
}
