package io.kontor.app;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which keys there are: those of {@link SettingsKey}, and those in which a name stands that
 * somebody chose, such as that of a user, a secret or a channel.
 */
final class KnownKeys {

  static final String SECRET = "kontor.secret.";
  static final String USERS = "kontor.users.";
  static final String CHANNEL = "kontor.channel.";
  static final String CAMEL = "camel.";

  /** Ends the key of a secret that stands in a file. */
  static final String FILE = ".file";

  private static final String SETTING_NAME = "[a-z0-9][a-z0-9._-]*";

  private static final List<String> EXAMPLES =
      List.of(
          "kontor.secret.<name>",
          "kontor.users.<name>.key",
          "kontor.users.<name>.roles",
          "kontor.channel.<name>.<setting>");

  private KnownKeys() {}

  static boolean contain(String key) {
    if (SettingsKey.of(key).isPresent() || key.startsWith(CAMEL)) {
      return true;
    }
    if (key.endsWith(FILE)
        && SettingsKey.of(withoutFile(key)).filter(SettingsKey::secret).isPresent()) {
      return true;
    }
    return key.matches("kontor\\.secret\\." + SETTING_NAME)
        || key.matches("kontor\\.users\\.[^.]+\\.(key|key\\.file|roles)")
        || key.matches("kontor\\.channel\\.[^.]+\\." + SETTING_NAME);
  }

  /** The known key that an unknown one was probably meant to be. */
  static String nearest(String unknown) {
    Set<String> candidates = new TreeSet<>(EXAMPLES);
    for (SettingsKey candidate : SettingsKey.values()) {
      candidates.add(candidate.key());
    }
    return Nearest.of(unknown, candidates);
  }

  static String withoutFile(String key) {
    return key.endsWith(FILE) ? key.substring(0, key.length() - FILE.length()) : key;
  }
}
