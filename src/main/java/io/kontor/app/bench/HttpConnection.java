package io.kontor.app.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-open HTTP/1.1 connection that does nothing but send and look at the status: on a machine
 * that it shares with the hub, every cycle of the client is one that the hub does not have.
 */
final class HttpConnection implements AutoCloseable {

  private static final int LONGEST_LINE = 8_192;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] line = new byte[LONGEST_LINE];

  HttpConnection(URI hub) throws IOException {
    socket = new Socket(hub.getHost(), hub.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** A whole request, ready to be sent. */
  static byte[] post(URI hub, String path, byte[] body, String headers) {
    String head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(path, hub.getHost(), hub.getPort(), body.length, headers);
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    return request;
  }

  /** Sends a request and reads the whole answer; its status. */
  int send(byte[] request) throws IOException {
    out.write(request);
    out.flush();
    int status = Integer.parseInt(readLine().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH)) {
        length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
    }
    if (chunked) {
      skipChunks();
    } else {
      in.skipNBytes(length);
    }
    return status;
  }

  private void skipChunks() throws IOException {
    int size;
    do {
      size = Integer.parseInt(readLine().split(";", 2)[0].strip(), 16);
      in.skipNBytes(size);
      readLine();
    } while (size > 0);
  }

  private String readLine() throws IOException {
    int length = 0;
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || length == LONGEST_LINE) {
        throw new IOException("the hub closed the connection, or its answer is not HTTP");
      }
      line[length++] = (byte) c;
    }
    return new String(line, 0, Math.max(0, length - 1), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
