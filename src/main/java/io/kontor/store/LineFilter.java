package io.kontor.store;

import java.util.Optional;

/**
 * Which lines of a settlement to read; what is empty does not narrow.
 *
 * @param code the whole code, as the statement writes it
 * @param marketplace as the statement writes it; a blank one is that of lines which name none
 * @param order the order that lines name
 */
public record LineFilter(
    Optional<String> code, Optional<String> marketplace, Optional<String> order) {

  public static LineFilter ofOrder(String order) {
    return new LineFilter(Optional.empty(), Optional.empty(), Optional.of(order));
  }
}
