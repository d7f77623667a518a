package io.kontor.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The public methods of a model, with the names of their parameters. */
final class Methods {

  /** What a method does with the records it is called on and its arguments by name. */
  @FunctionalInterface
  interface Body {
    Object call(Env env, List<Integer> ids, Map<String, Object> arguments);
  }

  /**
   * One method.
   *
   * @param parameters in their order; a name that ends in {@code ?} may be left out
   * @param onModel whether it takes no records
   */
  record Method(String name, List<String> parameters, boolean onModel, Body body) {

    boolean takes(String parameter) {
      return parameters.contains(parameter) || parameters.contains(parameter + "?");
    }

    /** Whether it takes arguments that it does not name. */
    boolean open() {
      return parameters.contains("**");
    }
  }

  private final Map<String, Method> methods = new LinkedHashMap<>();

  void onModel(String name, List<String> parameters, Body body) {
    methods.put(name, new Method(name, parameters, true, body));
  }

  void onRecords(String name, List<String> parameters, Body body) {
    methods.put(name, new Method(name, parameters, false, body));
  }

  /** The method, or null. */
  Method find(String name) {
    return methods.get(name);
  }
}
