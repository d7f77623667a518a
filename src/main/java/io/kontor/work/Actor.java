package io.kontor.work;

/**
 * Who asks: a named user, or the hub itself.
 *
 * @param name as the audit log shows it
 */
public record Actor(String name) {

  /** What the hub does by itself: a clock or a message asked for it. */
  public static final Actor HUB = new Actor("kontor");

  public Actor {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("an actor needs a name");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
