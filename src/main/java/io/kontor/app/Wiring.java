package io.kontor.app;

import io.kontor.odoo.OdooPort;
import io.kontor.work.Tickets;
import io.kontor.work.intake.Inbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Builds the use cases for a hub; opens the database. */
@FunctionalInterface
public interface Wiring {

  /**
   * Wires.
   *
   * @throws RuntimeException if something cannot be opened: the hub does not start
   */
  Parts wire(Settings settings, Outside outside);

  /**
   * What the hub offers to the use cases.
   *
   * @param data the locked data directory
   * @param waiting how many documents wait in the inbox
   * @param odoo the way to the Odoo server, through the route {@code call-odoo}; usable once the
   *     hub has started
   * @param meters where counters and gauges are registered; shown at {@code /observe/metrics}
   */
  record Outside(
      Path data,
      Inbox inbox,
      LongSupplier waiting,
      Tickets tickets,
      OdooPort odoo,
      MeterRegistry meters) {}
}
