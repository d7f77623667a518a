package io.kontor.flow;

import io.kontor.document.RawDocument;
import io.kontor.document.Sha256;
import io.kontor.mapping.Channel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;

/**
 * Verifies and names what comes in by webhook; looks no further into it, so that the answer is
 * quick and does not depend on the database or on a mapping. Immutable and thread-safe.
 */
public final class WebhookReceiver {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST_EVENT_ID = 200;

  private final Map<String, Channel> channels;
  private final Function<String, Optional<String>> secrets;
  private final int bodyLimit;
  private final BiConsumer<String, Refusal> refused;
  private final Clock clock;

  /**
   * @param secrets finds a secret by the name that a channel's signature gives it
   * @param bodyLimit the longest body, in bytes
   * @param refused is told of a channel's requests that are not accepted
   */
  public WebhookReceiver(
      Map<String, Channel> channels,
      Function<String, Optional<String>> secrets,
      int bodyLimit,
      BiConsumer<String, Refusal> refused,
      Clock clock) {
    this.channels = Map.copyOf(channels);
    this.secrets = secrets;
    this.bodyLimit = bodyLimit;
    this.refused = refused;
    this.clock = clock;
  }

  /**
   * Accepts a request.
   *
   * @param path the request's path; its last two segments are the channel and the document. Headers
   *     of those names could be forged by a query string.
   * @param headers the request's headers, found by name whatever their case
   * @param body exactly what was sent; the signature is over these bytes
   * @throws Refusal 404 no such channel or document, 415 content type, 400 empty, 413 too big, 401
   *     wrong signature
   */
  public RawDocument accept(
      @Header(Exchange.HTTP_PATH) String path,
      @Headers Map<String, Object> headers,
      @Body byte[] body) {
    Channel channel = channel(segment(path, 2));
    try {
      return accept(channel, document(channel, segment(path, 1)), headers, body);
    } catch (Refusal e) {
      refused.accept(channel.id(), e);
      throw e;
    }
  }

  private RawDocument accept(
      Channel channel, Channel.Document document, Map<String, Object> headers, byte[] body) {
    String contentType = first(headers, "Content-Type").orElse("");
    refuseForeignContentType(document, contentType);
    refuseSize(body);
    Channel.Signature signature = signature(channel);
    verify(signature, headers, body);
    return new RawDocument(
        channel.id(),
        document.name(),
        eventId(signature, headers, body),
        clock.instant(),
        contentType,
        body);
  }

  private static String segment(String path, int fromTheEnd) {
    String[] segments = path.split("/", -1);
    return segments[segments.length - fromTheEnd];
  }

  private Channel channel(String id) {
    Channel channel = channels.get(id);
    if (channel == null) {
      throw new Refusal(
          404,
          "unknown-channel",
          "There is no channel '" + id + "'; there are " + new TreeSet<>(channels.keySet()));
    }
    return channel;
  }

  private static Channel.Document document(Channel channel, String name) {
    Channel.Document document = channel.documents().get(name);
    if (document == null) {
      throw new Refusal(
          404,
          "unknown-document",
          "Channel '%s' has no document '%s'; it has %s"
              .formatted(channel.id(), name, new TreeSet<>(channel.documents().keySet())));
    }
    return document;
  }

  private static Channel.Signature signature(Channel channel) {
    return channel
        .signature()
        .orElseThrow(
            () ->
                new Refusal(
                    404,
                    "no-webhooks",
                    "Channel '" + channel.id() + "' states no signature: it sends no webhooks"));
  }

  private static void refuseForeignContentType(Channel.Document document, String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean known;
    if (document instanceof Channel.Document.Translated translated) {
      known =
          translated.format() == Channel.Format.JSON
              ? type.equals("application/json") || type.endsWith("+json")
              : type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml");
    } else {
      known = List.of("text/csv", "text/tab-separated-values", "text/plain").contains(type);
    }
    if (!known) {
      throw new Refusal(
          415,
          "content-type",
          "Document '%s' is not taken as '%s'".formatted(document.name(), contentType));
    }
  }

  private void refuseSize(byte[] body) {
    if (body == null || body.length == 0) {
      throw new Refusal(400, "empty-body", "The request has no body");
    }
    if (body.length > bodyLimit) {
      throw new Refusal(
          413, "too-big", "The body has %d bytes, at most %d".formatted(body.length, bodyLimit));
    }
  }

  private void verify(Channel.Signature signature, Map<String, Object> headers, byte[] body) {
    byte[] stated = decoded(first(headers, signature.header()).orElse(""));
    boolean verified = false;
    for (String name : signature.secrets()) {
      Optional<String> secret = secrets.apply(name).filter(s -> !s.isEmpty());
      // Every secret is tried, so that the time taken does not tell which one matched.
      verified |= secret.isPresent() && MessageDigest.isEqual(hmac(secret.get(), body), stated);
    }
    if (!verified) {
      throw new Refusal(
          401, "wrong-signature", "The signature in " + signature.header() + " is not valid");
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String eventId(
      Channel.Signature signature, Map<String, Object> headers, byte[] body) {
    for (String name : signature.eventId()) {
      Optional<String> id = first(headers, name);
      if (id.isPresent()) {
        return plain(name, id.get());
      }
    }
    return fingerprint(body);
  }

  private static String plain(String header, String id) {
    if (id.length() > LONGEST_EVENT_ID || !id.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new Refusal(400, "event-id", "The event id in " + header + " is too long or not plain");
    }
    return id;
  }

  /** The name of a document that brings none: what it says. */
  static String fingerprint(byte[] body) {
    return "sha256:" + Sha256.of(body);
  }

  private static Optional<String> first(Map<String, Object> headers, String name) {
    Object value = headers.get(name);
    if (value instanceof List<?> several) {
      value = several.isEmpty() ? null : several.get(0);
    }
    return Optional.ofNullable(value).map(Object::toString).filter(text -> !text.isBlank());
  }
}
