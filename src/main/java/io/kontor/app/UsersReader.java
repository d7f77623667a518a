package io.kontor.app;

import static io.kontor.app.KnownKeys.USERS;

import io.kontor.app.Settings.Role;
import io.kontor.app.Settings.User;
import io.kontor.words.Words;
import io.kontor.work.Actor;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads from the settings who may speak to the hub: each has a key, and one or more roles. */
final class UsersReader {

  private final SettingsValues values;
  private final List<String> faults;

  /**
   * @param faults is told of what is wrong
   */
  UsersReader(SettingsValues values, List<String> faults) {
    this.values = values;
    this.faults = faults;
  }

  Map<String, User> read() {
    Set<String> names = new TreeSet<>();
    values
        .starting(USERS)
        .keySet()
        .forEach(key -> names.add(key.substring(USERS.length()).split("\\.", -1)[0]));
    Map<String, User> users = new TreeMap<>();
    for (String name : names) {
      if (name.equals(Actor.HUB.name())) {
        faults.add("no user can be called '%s': that is the hub itself".formatted(name));
      }
      Secret key = values.secret(USERS + name + ".key", "");
      if (!key.isSet()) {
        faults.add("user '%s' has no key: set %s%s.key".formatted(name, USERS, name));
      }
      users.put(name, new User(name, key, roles(name)));
    }
    refuseSharedKeys(users.values());
    return users;
  }

  /** One person could be two, and approve what he made himself. */
  private void refuseSharedKeys(Collection<User> users) {
    Map<String, String> names = new HashMap<>();
    for (User user : users) {
      String other = names.putIfAbsent(user.key().reveal(), user.name());
      if (other != null && user.key().isSet()) {
        faults.add(
            "users '%s' and '%s' have the same key: give each a key of its own"
                .formatted(other, user.name()));
      }
    }
  }

  private Set<Role> roles(String name) {
    String key = USERS + name + ".roles";
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : values.other(key, "operator").split(",", -1)) {
      try {
        roles.add(Words.constant(Role.class, word.strip()));
      } catch (IllegalArgumentException e) {
        faults.add("%s: no role '%s', there are operator, finance, engineer".formatted(key, word));
      }
    }
    return roles;
  }
}
