package io.kontor.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * An Artemis of its own, as {@code docker/artemis/broker.xml} sets it up; only where it listens and
 * keeps its files, and how much it takes, are the test's.
 */
final class BrokerProcess implements AutoCloseable {

  private static final String USER = "kontor";
  private static final String PASSWORD = "a password for a test";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Path directory;
  private final int port;
  private Process process;

  private BrokerProcess(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /**
   * Starts it; when it returns, it takes connections.
   *
   * @param maxSize of the inbox's messages, as Artemis writes sizes
   */
  static BrokerProcess start(Path directory, String maxSize) throws IOException {
    Files.createDirectories(directory);
    int port = freePort();
    Files.writeString(
        directory.resolve("broker.xml"),
        replace(
            Files.readString(Path.of("docker/artemis/broker.xml")),
            Map.of(
                "tcp://0.0.0.0:61616", "tcp://127.0.0.1:" + port,
                ">data/", ">" + directory.resolve("data") + "/",
                "<max-size-bytes>512M<", "<max-size-bytes>" + maxSize + "<")));
    BrokerProcess broker = new BrokerProcess(directory, port);
    broker.start();
    return broker;
  }

  /** Starts it again on the same files. */
  void start() throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerProcess.class.getName(),
                    directory.resolve("broker.xml").toUri().toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile()))
            .start();
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(50))
        .failFast("the broker died: see output", () -> !process.isAlive())
        .until(() -> answers(port));
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** The settings of a hub that uses it. */
  Map<String, String> settings() {
    return Map.of(
        "kontor.broker.url", "tcp://127.0.0.1:" + port,
        "kontor.broker.user", USER,
        "kontor.broker.password", PASSWORD);
  }

  private static String replace(String text, Map<String, String> replacements) {
    String replaced = text;
    for (Map.Entry<String, String> each : replacements.entrySet()) {
      if (!replaced.contains(each.getKey())) {
        throw new IllegalStateException("broker.xml does not say " + each.getKey());
      }
      replaced = replaced.replace(each.getKey(), each.getValue());
    }
    return replaced;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process. */
  public static void main(String[] arguments) throws Exception {
    SecurityConfiguration people = new SecurityConfiguration();
    people.addUser(USER, PASSWORD);
    people.addRole(USER, "amq");
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfigResourcePath(arguments[0]);
    broker.setSecurityManager(
        new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), people));
    broker.start();
    new CountDownLatch(1).await();
  }
}
