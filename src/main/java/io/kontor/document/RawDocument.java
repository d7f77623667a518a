package io.kontor.document;

import java.time.Instant;

/**
 * A document as it came from outside, named and not yet looked into.
 *
 * @param channel the sales channel it came from
 * @param document what kind of document it is, as the channel's mapping names it
 * @param externalId the vendor's id of the event, or {@code sha256:…} of the content for a file
 * @param contentType as it was received, its first 200 characters; empty if unknown
 * @param body the raw bytes, or for a claim check the path of the stored file in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // never compared by value: its name is its identity
public record RawDocument(
    String channel,
    String document,
    String externalId,
    Instant receivedAt,
    String contentType,
    byte[] body) {

  private static final int LONGEST_TYPE = 200;

  public RawDocument {
    // Nothing is decided by what stands so far behind, and nothing waits for it.
    contentType =
        contentType.length() > LONGEST_TYPE ? contentType.substring(0, LONGEST_TYPE) : contentType;
  }

  /** {@code channel/document/externalId}: a second document of one id is the same document. */
  public String id() {
    return channel + "/" + document + "/" + externalId;
  }
}
