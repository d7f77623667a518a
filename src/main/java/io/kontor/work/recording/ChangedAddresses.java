package io.kontor.work.recording;

import io.kontor.mapping.Consequence;
import io.kontor.sales.Customer;
import io.kontor.sales.Fact;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.Problem;
import io.kontor.store.DeliveryState;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.StoredFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Orders whose goods are to go elsewhere than Odoo was told when it got them. The warehouse may be
 * packing them by now, and people may have changed the address there themselves, so it is theirs to
 * change.
 */
final class ChangedAddresses {

  private record Changed(OrderPlaced before, OrderPlaced now) {}

  private final List<Changed> changed = new ArrayList<>();

  /** A revision of a fact takes the place of the one before. */
  void replaced(StoredFact before, Fact now) {
    if (now instanceof OrderPlaced placed && !address(placed).isEmpty()) {
      OrderPlaced known = (OrderPlaced) StoredFacts.read(before);
      if (!address(known).equalsIgnoreCase(address(placed))) {
        changed.add(new Changed(known, placed));
      }
    }
  }

  /** Brings to the desk those that Odoo has: the others arrive there as they are now. */
  void toDesk(Tx tx, Store store, RecordedItems items) {
    for (Changed one : changed) {
      String order = one.now().order().toString();
      boolean sent =
          store
              .deliveries()
              .find(tx, WantedDelivery.id(Consequence.ODOO_ORDER, order))
              .filter(d -> d.sent() > 0 || d.state() == DeliveryState.SENDING)
              .isPresent();
      if (sent) {
        items.problem(one.now().order(), problem(one), Optional.empty());
      }
    }
  }

  private static Problem problem(Changed one) {
    String before = address(one.before());
    return new Problem(
        "address-changed",
        one.now().order().order(),
        "order %s goes to %s now, and Odoo has it for %s: unless the goods have left, change its delivery address there, then resolve this"
            .formatted(
                one.now().reference(),
                address(one.now()),
                before.isEmpty() ? "no address" : before));
  }

  /** Empty where goods cannot be sent there. */
  private static String address(OrderPlaced placed) {
    Customer to = placed.customer();
    return (to.street() + to.city() + to.postcode()).isBlank()
        ? ""
        : Stream.of(to.name(), to.street(), to.postcode() + " " + to.city())
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
  }
}
