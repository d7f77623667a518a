package io.kontor.app;

import io.kontor.app.Settings.Role;
import io.kontor.app.Settings.User;
import io.kontor.work.Actor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is known: the users of the settings, and the owner of the data directory, whose key is new at
 * each start and stands in {@code hub.json}.
 */
public final class Users {

  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";
  private static final int KEY_BYTES = 32;

  private final List<User> users;
  private final User owner;

  Users(Map<String, User> users) {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    Secret key = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    // The owner of the directory approves nothing: that takes the key of a named person.
    owner = new User(ownerName(), key, Set.of(Role.OPERATOR, Role.ENGINEER));
    this.users = new ArrayList<>(users.values());
    this.users.add(owner);
  }

  User owner() {
    return owner;
  }

  /**
   * What the owner of the data directory is called: as the system calls whoever runs us. In a
   * container that is the hub's own name, and what a person does is never what the hub did.
   */
  public static String ownerName() {
    String name = System.getProperty("user.name");
    return name.isBlank() || name.equals(Actor.HUB.name()) ? "owner" : name;
  }

  /**
   * Finds who sends an {@code Authorization} header: {@code Basic name:key} as browsers do, or
   * {@code Bearer key}. Every key is compared, each in constant time.
   */
  Optional<User> authenticate(String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    if (authorization.startsWith(BEARER)) {
      return find(null, authorization.substring(BEARER.length()).strip());
    }
    if (authorization.startsWith(BASIC)) {
      String pair = decoded(authorization.substring(BASIC.length()).strip());
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : find(pair.substring(0, colon), pair.substring(colon + 1));
    }
    return Optional.empty();
  }

  private Optional<User> find(String name, String key) {
    User found = null;
    for (User user : users) {
      boolean matches = user.key().matches(key);
      if (matches && (name == null || user.name().equals(name))) {
        found = user;
      }
    }
    return Optional.ofNullable(found);
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
