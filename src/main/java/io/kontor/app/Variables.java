package io.kontor.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The variables of an environment as the keys that they set. */
final class Variables {

  /** As whom a command speaks to the hub: no setting of the hub. */
  private static final Set<String> SPEAKER = Set.of("KONTOR_USER", "KONTOR_KEY");

  private final Map<String, String> keys = new TreeMap<>();
  private final Map<String, String> values = new TreeMap<>();
  private final List<String> strangers = new ArrayList<>();

  /**
   * @param named the keys that the settings file and the routes name: each can be set from the
   *     environment too, whatever its pattern
   */
  Variables(Map<String, String> environment, Collection<String> named) {
    for (SettingsKey key : SettingsKey.values()) {
      keys.put(key.variable(), key.key());
      if (key.secret()) {
        keys.put(key.variable() + "_FILE", key.key() + KnownKeys.FILE);
      }
    }
    named.forEach(key -> keys.putIfAbsent(SettingsKey.variable(key), key));
    environment.forEach(this::read);
  }

  /** What they set, by key. */
  Map<String, String> values() {
    return values;
  }

  /** What is to be said of those that look like settings and are none. */
  List<String> strangers() {
    return strangers;
  }

  private void read(String variable, String value) {
    String key = keys.getOrDefault(variable, namedKey(variable));
    if (key != null) {
      values.put(key, value);
    } else if (isStranger(variable, value)) {
      strangers.add(
          "%s is no setting and is ignored; did you mean %s?"
              .formatted(variable, Nearest.of(variable, keys.keySet())));
    }
  }

  /** Not those that say who speaks, nor what Kubernetes sets for a service of that name. */
  private static boolean isStranger(String variable, String value) {
    return variable.startsWith("KONTOR_")
        && !SPEAKER.contains(variable)
        && !variable.matches("KONTOR_.*(SERVICE_(HOST|PORT)(_.*)?|_(TCP|UDP)(_.*)?)")
        && !(variable.endsWith("_PORT") && value.matches("(tcp|udp)://.*"));
  }

  /**
   * The key of a variable such as {@code KONTOR_SECRET_SHOPIFY_NEW} or {@code
   * KONTOR_USERS_ANNA_KEY}; an underscore in a secret's name stands for a dash. Other variables may
   * not be ours: a container platform sets some of that prefix by itself.
   */
  private static String namedKey(String variable) {
    String name = variable.toLowerCase(Locale.ROOT);
    for (String prefix : List.of(KnownKeys.SECRET, KnownKeys.USERS)) {
      if (name.startsWith(prefix.replace('.', '_'))) {
        String rest = name.substring(prefix.length());
        for (String ending : List.of("key_file", "file", "key", "roles")) {
          boolean fits =
              prefix.equals(KnownKeys.USERS) ? !ending.equals("file") : ending.equals("file");
          if (fits && rest.endsWith("_" + ending)) {
            String owner = rest.substring(0, rest.length() - ending.length() - 1);
            return prefix + owner.replace('_', '-') + "." + ending.replace('_', '.');
          }
        }
        return prefix.equals(KnownKeys.SECRET) ? prefix + rest.replace('_', '-') : null;
      }
    }
    return null;
  }
}
