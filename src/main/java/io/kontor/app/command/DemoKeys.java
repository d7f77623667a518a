package io.kontor.app.command;

import io.kontor.app.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The keys of the demonstration's users and shops: made up once for a data directory. */
final class DemoKeys {

  private static final int BYTES = 16;

  private final Path file;
  private final Properties keys = new Properties();

  private DemoKeys(Path file) {
    this.file = file;
  }

  static DemoKeys of(Path data) throws IOException {
    DemoKeys keys = new DemoKeys(data.resolve("demo-keys.properties"));
    DataDirectory.make(data);
    if (Files.exists(keys.file)) {
      try (InputStream in = Files.newInputStream(keys.file)) {
        keys.keys.load(in);
      }
    }
    for (String name : new String[] {"odoo", "shopify", "shopify-eu", "mona", "chris"}) {
      keys.keys.computeIfAbsent(name, n -> random());
    }
    keys.save();
    return keys;
  }

  String of(String name) {
    return keys.getProperty(name);
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void save() throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (OutputStream to = Files.newOutputStream(file)) {
      keys.store(to, "Keys of the demonstration");
    }
  }
}
