package io.kontor.app;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * An Artemis in this process. It listens to no network, so it needs no users; its journal is synced
 * before a send returns.
 */
final class EmbeddedBroker extends Broker {

  /** Below 0.2 ms there is no gain; the default of 3.33 ms costs three quarters of the rate. */
  private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 200_000;

  /** The part of the heap that waiting documents may take; the others wait on disk only. */
  private static final int HEAP_OVER_WAITING = 4;

  private static final long DEPTH_LASTS_NANOS = 50_000_000;

  /** In-VM acceptors have a number that is unique in the process. */
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ActiveMQServer server;
  private final long limit;
  private volatile long depth;
  private volatile long depthReadAt;

  private EmbeddedBroker(ActiveMQServer server, ActiveMQConnectionFactory connections, long limit) {
    super(connections);
    this.server = server;
    this.limit = limit;
    this.depthReadAt = System.nanoTime() - DEPTH_LASTS_NANOS;
  }

  static EmbeddedBroker start(Path directory, long limit) {
    String url = "vm://" + NUMBER.incrementAndGet();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try {
      ActiveMQServer server =
          ActiveMQServers.newActiveMQServer(
              configuration(directory, url), ManagementFactory.getPlatformMBeanServer(), true);
      server.registerActivationFailureListener(failure::set);
      server.start();
      if (failure.get() == null) {
        return new EmbeddedBroker(server, new ActiveMQConnectionFactory(url), limit);
      }
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The broker in " + directory + " does not start: " + e, e);
    }
    // It has only logged that, and would run on and answer to nothing.
    throw new IllegalStateException(
        "The broker in %s does not start, its journal cannot be read: %s. What was received and not recorded yet stands in it: restore it from a backup; or move it away, start without, and have that sent again"
            .formatted(directory, failure.get()),
        failure.get());
  }

  private static Configuration configuration(Path directory, String url) throws Exception {
    Configuration configuration = new ConfigurationImpl();
    configuration.setName("kontor");
    configuration.setSecurityEnabled(false);
    configuration.addAcceptorConfiguration("vm", url);
    configuration.setPersistenceEnabled(true);
    configuration.setJournalType(JournalType.NIO);
    configuration.setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS);
    configuration.setJournalSyncTransactional(true);
    configuration.setJournalSyncNonTransactional(true);
    configuration.setJournalDirectory(directory.resolve("journal").toString());
    configuration.setBindingsDirectory(directory.resolve("bindings").toString());
    configuration.setPagingDirectory(directory.resolve("paging").toString());
    configuration.setLargeMessagesDirectory(directory.resolve("large-messages").toString());
    configuration.setNodeManagerLockDirectory(directory.resolve("journal").toString());
    configuration.setGlobalMaxSize(Runtime.getRuntime().maxMemory() / HEAP_OVER_WAITING);
    configuration.setJMXManagementEnabled(true);
    configuration.setGracefulShutdownEnabled(false);
    configuration.addAddressSetting("#", addressSettings());
    configuration.addAddressSetting(INBOX, addressSettings().setMaxDeliveryAttempts(-1));
    for (String name : List.of(INBOX, DELIVERIES, DEAD_LETTERS, EXPIRED)) {
      configuration.addQueueConfiguration(
          QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true));
    }
    return configuration;
  }

  private static AddressSettings addressSettings() {
    return new AddressSettings()
        .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
        .setExpiryAddress(SimpleString.of(EXPIRED))
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false);
  }

  /**
   * Also full when the disk is: the broker would otherwise block every sender. One that has stopped
   * is not full but out of reach.
   */
  @Override
  boolean full() {
    return server.isActive() && (depth() >= limit || server.getPagingManager().isDiskFull());
  }

  /** Artemis stops at the first write of its journal that fails, and does not start again. */
  @Override
  void onEnd(Consumer<String> told) {
    server.registerIOCriticalErrorListener(
        (cause, message, file) ->
            told.accept(
                "the broker has stopped, because it could not write its journal in %s (%s): make room on the disk; started anew, the hub goes on where it was"
                    .formatted(
                        server.getConfiguration().getJournalLocation().getParent(),
                        cause.getMessage())));
  }

  /** How many documents wait; counting takes a lock, so the number is kept for 50 ms. */
  private long depth() {
    long now = System.nanoTime();
    if (now - depthReadAt >= DEPTH_LASTS_NANOS) {
      depthReadAt = now;
      Queue inbox = server.locateQueue(INBOX);
      depth = inbox == null ? 0 : inbox.getMessageCount();
    }
    return depth;
  }

  @Override
  long waiting() {
    Queue inbox = server.locateQueue(INBOX);
    return inbox == null ? 0 : inbox.getMessageCount();
  }

  @Override
  Probe probe() {
    if (!server.isActive()) {
      return Probe.down(
          "the broker has stopped, as it does when it cannot write its journal: make room on the disk and start the hub anew",
          Map.of());
    }
    Map<String, Object> details =
        Map.of(
            "inbox", depth(), "limit", limit, "diskFull", server.getPagingManager().isDiskFull());
    return server.getPagingManager().isDiskFull()
        ? Probe.down(
            "the disk of the data directory is full to %d %%: webhooks are asked to come again until there is room"
                .formatted(server.getConfiguration().getMaxDiskUsage()),
            details)
        : Probe.up("embedded", details);
  }

  @Override
  public void close() {
    super.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The broker does not stop: " + e, e);
    }
  }
}
