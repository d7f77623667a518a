package io.kontor.odoo;

import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.TransientFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A port in front of another one that remembers what was sent, and can be told to disturb one call:
 * before it is sent, or after it was carried out.
 */
final class RecordingPort implements OdooPort {

  private final OdooPort behind;
  private final List<OdooRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private Optional<Disturbance> next = Optional.empty();

  /** What becomes of a call of a method instead of its answer. */
  private record Disturbance(String method, Function<OdooRequest, OdooReply> happens) {}

  RecordingPort(OdooPort behind) {
    this.behind = behind;
  }

  @Override
  public OdooReply send(OdooRequest request) {
    requests.add(request);
    Optional<Disturbance> disturbance = next.filter(planned -> carries(request, planned.method()));
    if (disturbance.isEmpty()) {
      return behind.send(request);
    }
    next = Optional.empty();
    return disturbance.get().happens().apply(request);
  }

  /** The next call of {@code model.method} is carried out, and its answer does not arrive. */
  void loseReplyOf(String modelAndMethod) {
    disturb(
        modelAndMethod,
        request -> {
          behind.send(request);
          throw new InDoubtFailure("odoo-no-answer", "test", "timed out");
        });
  }

  /** The next call of {@code model.method} does not reach the server. */
  void loseRequestOf(String modelAndMethod) {
    disturb(
        modelAndMethod,
        request -> {
          throw new TransientFailure("odoo-unreachable", "test", "refused");
        });
  }

  /** Before the next call of {@code model.method} goes out, something else happens. */
  void meanwhile(String modelAndMethod, Runnable other) {
    disturb(
        modelAndMethod,
        request -> {
          other.run();
          return behind.send(request);
        });
  }

  /** Instead of the next call of {@code model.method} another method of it is called. */
  void askInstead(String modelAndMethod, String other) {
    String method = modelAndMethod.substring(modelAndMethod.lastIndexOf('.') + 1);
    disturb(
        modelAndMethod,
        request ->
            behind.send(
                new OdooRequest(
                    request.path().replace(method, other),
                    request.headers(),
                    request.body().replace(method, other))));
  }

  private void disturb(String modelAndMethod, Function<OdooRequest, OdooReply> happens) {
    next = Optional.of(new Disturbance(modelAndMethod, happens));
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
