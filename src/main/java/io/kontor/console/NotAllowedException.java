package io.kontor.console;

import io.kontor.work.Actor;

/** Somebody asked for what their roles do not allow. */
final class NotAllowedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotAllowedException(Actor actor, String roles) {
    super("this needs the role %s, which %s does not have".formatted(roles, actor));
  }
}
