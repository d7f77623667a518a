package io.kontor.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds a method, binds its arguments as Python would, and calls it. */
final class Dispatch {

  private final Odoo odoo;

  Dispatch(Odoo odoo) {
    this.odoo = odoo;
  }

  /**
   * A call as JSON-2 makes it: everything by name, {@code ids} and {@code context} among it.
   *
   * @throws OdooFault if the server refuses it
   */
  Object byName(
      String model, String name, Map<String, Object> body, Concurrency.Snapshot snapshot) {
    Methods methods = odoo.methods(model);
    if (methods == null) {
      throw OdooFault.http(404, "the model '%s' does not exist".formatted(model));
    }
    checkPublic(model, name);
    Methods.Method method = methods.find(name);
    if (method == null) {
      throw OdooFault.http(404, "The method '%s.%s' does not exist".formatted(model, name));
    }
    Map<String, Object> arguments = new LinkedHashMap<>(body);
    List<Integer> ids = Values.ids(arguments.remove("ids"));
    Map<String, Object> context = Values.map(arguments.remove("context"));
    if (method.onModel() && !ids.isEmpty()) {
      throw OdooFault.http(422, "cannot call %s.%s with ids".formatted(model, name));
    }
    for (String parameter : method.parameters()) {
      if (required(parameter) && !arguments.containsKey(parameter)) {
        throw OdooFault.http(422, "missing a required argument: '%s'".formatted(parameter));
      }
    }
    for (String given : arguments.keySet()) {
      if (!method.open() && !method.takes(given)) {
        throw OdooFault.http(422, "got an unexpected keyword argument '%s'".formatted(given));
      }
    }
    return call(model, method, ids, context, arguments, snapshot);
  }

  /**
   * A call as {@code execute_kw} makes it: arguments by position and by name, ids first.
   *
   * @throws OdooFault if the server refuses it
   */
  Object byPosition(
      String model,
      String name,
      List<Object> args,
      Map<String, Object> kwargs,
      Concurrency.Snapshot snapshot) {
    Methods methods = odoo.methods(model);
    if (methods == null) {
      throw OdooFault.user("Object %s doesn't exist".formatted(model));
    }
    checkPublic(model, name);
    Methods.Method method = methods.find(name);
    if (method == null) {
      throw OdooFault.attribute("The method '%s.%s' does not exist".formatted(model, name));
    }
    Map<String, Object> arguments = new LinkedHashMap<>(kwargs);
    Map<String, Object> context = Values.map(arguments.remove("context"));
    List<Object> positional = args;
    List<Integer> ids = List.of();
    if (!method.onModel()) {
      ids = args.isEmpty() ? Values.ids(arguments.remove("ids")) : Values.ids(args.get(0));
      positional = args.isEmpty() ? args : args.subList(1, args.size());
    }
    bind(method, positional, arguments);
    Object result = call(model, method, ids, context, arguments, snapshot);
    boolean one = name.equals("create") && arguments.get("vals_list") instanceof Map<?, ?>;
    return one ? Values.list(result).get(0) : result;
  }

  private static void bind(
      Methods.Method method, List<Object> positional, Map<String, Object> arguments) {
    List<String> parameters =
        method.parameters().stream().filter(name -> !name.equals("**")).toList();
    if (positional.size() > parameters.size()) {
      throw OdooFault.type(
          "BaseModel.%s() takes %d positional arguments but %d were given"
              .formatted(method.name(), parameters.size() + 1, positional.size() + 1));
    }
    for (int index = 0; index < positional.size(); index++) {
      arguments.put(parameters.get(index).replace("?", ""), positional.get(index));
    }
    for (String parameter : parameters) {
      if (required(parameter) && !arguments.containsKey(parameter)) {
        throw OdooFault.type(
            "BaseModel.%s() missing 1 required positional argument: '%s'"
                .formatted(method.name(), parameter));
      }
    }
    for (String given : arguments.keySet()) {
      if (!method.open() && !method.takes(given)) {
        throw OdooFault.type(
            "BaseModel.%s() got an unexpected keyword argument '%s'"
                .formatted(method.name(), given));
      }
    }
  }

  private Object call(
      String model,
      Methods.Method method,
      List<Integer> ids,
      Map<String, Object> context,
      Map<String, Object> arguments,
      Concurrency.Snapshot arrived) {
    if (arrived.stale() && !method.name().equals("load")) {
      throw OdooFault.serialization();
    }
    return odoo.transact(
        context,
        arrived,
        (env, snapshot) -> {
          if (!method.name().equals("read")) {
            env.check(model, ids, "write");
          }
          Map<String, Object> complete = new LinkedHashMap<>(arguments);
          complete.put(RecordMethods.SNAPSHOT, snapshot);
          return method.body().call(env, ids, complete);
        });
  }

  private static boolean required(String parameter) {
    return !parameter.endsWith("?") && !parameter.equals("**");
  }

  private static void checkPublic(String model, String name) {
    if (name.startsWith("_")) {
      throw OdooFault.access(
          "Private methods (such as '%s.%s') cannot be called remotely.".formatted(model, name));
    }
  }
}
