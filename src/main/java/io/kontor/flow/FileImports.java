package io.kontor.flow;

import io.kontor.document.Sha256;
import io.kontor.failure.RejectedFailure;
import io.kontor.work.Actor;
import io.kontor.work.intake.Importing;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** What the folder routes call for each file: {@code <channel>/<document>/<file>}. */
public final class FileImports {

  private static final int BUFFER = 1 << 16;

  private final Importing importing;

  public FileImports(Importing importing) {
    this.importing = importing;
  }

  /** Names a file by its place and its content, whatever it is called and whenever it was saved. */
  public String fingerprint(@Header(Exchange.FILE_NAME) String name, @Body File file) {
    return channel(name) + "/" + document(name) + "/" + sha256(file);
  }

  /** Takes the file in and returns the document's id. */
  public String accept(@Header(Exchange.FILE_NAME) String name, @Body File file) {
    return importing.accept(channel(name), document(name), file.toPath(), Actor.HUB);
  }

  private static String channel(String name) {
    return segments(name)[0];
  }

  private static String document(String name) {
    return segments(name)[1];
  }

  private static String[] segments(String name) {
    String[] segments = name.split("[/\\\\]", -1);
    if (segments.length != 3) {
      throw new RejectedFailure(
          "file-misplaced", name, "A file belongs into a folder <channel>/<document>/");
    }
    return segments;
  }

  private static String sha256(File file) {
    MessageDigest digest = Sha256.digest();
    try (InputStream in =
        new DigestInputStream(
            new BufferedInputStream(Files.newInputStream(file.toPath()), BUFFER), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
      return "sha256:" + Sha256.of(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
