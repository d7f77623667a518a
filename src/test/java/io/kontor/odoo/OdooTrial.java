package io.kontor.odoo;

import java.util.UUID;

/** A database set up for one run of the contract, and the conversations with it. */
final class OdooTrial {

  final OdooServer server;
  final OdooFixture fixture = new OdooFixture(UUID.randomUUID().toString().substring(0, 8));
  final RecordingPort port;
  final OdooClient client;
  private OdooOrders orders;
  private OdooEntries entries;

  private OdooTrial(OdooServer server) {
    this.server = server;
    this.port = new RecordingPort(server.port());
    this.client = OdooClient.connect(port, server.access());
  }

  static OdooTrial setUp(OdooServer server) {
    OdooTrial trial = new OdooTrial(server);
    new OdooSetup(trial.client).ensure(trial.fixture.plan());
    trial.startAfresh();
    return trial;
  }

  /** Conversations that remember nothing yet, and a port that has seen nothing. */
  void startAfresh() {
    orders = new OdooOrders(client, new AdaptiveBatch(System::nanoTime));
    entries = new OdooEntries(client, new AdaptiveBatch(System::nanoTime));
    port.forget();
  }

  OdooOrders orders() {
    return orders;
  }

  OdooEntries entries() {
    return entries;
  }
}
