package io.kontor.work.recording;

import io.kontor.sales.OrderKey;
import java.util.Comparator;

/** The order in which orders are locked: the same everywhere, so that nobody waits in a circle. */
final class OrderKeys {

  static final Comparator<OrderKey> BY_NAME = Comparator.comparing(OrderKey::toString);

  private OrderKeys() {}
}
