package io.kontor.app.bench;

import io.kontor.app.Secret;
import io.kontor.app.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A directory for the length of a benchmark. */
final class Scratch implements AutoCloseable {

  private final Path directory;

  Scratch() throws IOException {
    directory = Files.createTempDirectory("kontor-bench-");
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** The settings of a hub of its own: embedded, any free port, no limit, one webhook secret. */
  Settings settings(Settings base, Secret secret) {
    return settings(
        base, secret, new Settings.Database("", "sa", Secret.NONE, base.database().pool()));
  }

  /** The same on another database. */
  Settings settings(Settings base, Secret secret, Settings.Database database) {
    return new Settings(
        path("hub"),
        base.routes(),
        base.mappings(),
        path("hub").resolve("books"),
        new Settings.Http("127.0.0.1", 0, base.http().bodyLimit(), base.http().workers()),
        new Settings.Broker("", "", Secret.NONE),
        database,
        new Settings.Inbox(base.inbox().batch(), base.inbox().consumers(), Long.MAX_VALUE),
        base.deliveries(),
        base.odoo(),
        base.night(),
        base.retention(),
        base.stopWithin(),
        Map.of(ShopifyOrders.CHANNEL, secret),
        Map.of(),
        base.channels(),
        base.camel());
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(directory)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
