package io.kontor.sandbox;

import java.util.List;
import java.util.Map;

/** The user tells a client its language and time zone. */
final class Users extends Rules {

  @Override
  String displayName(Env env, Row row) {
    return env.text(row, "name");
  }

  @Override
  void methods(Methods methods) {
    methods.onModel(
        "context_get",
        List.of(),
        (env, ids, arguments) -> {
          Row user = env.row("res.users", Env.USER);
          Object zone = env.text(user, "tz").isEmpty() ? (Object) false : env.text(user, "tz");
          return Map.of("lang", "en_US", "tz", zone, "uid", Env.USER);
        });
  }
}
