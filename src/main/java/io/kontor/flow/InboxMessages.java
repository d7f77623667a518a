package io.kontor.flow;

import io.kontor.document.RawDocument;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * How a raw document is written as a JMS message: the body as bytes, its name as properties that an
 * operator can read in the broker's own console.
 */
final class InboxMessages {

  private static final String CHANNEL = "channel";
  private static final String DOCUMENT = "document";
  private static final String EXTERNAL_ID = "externalId";
  private static final String RECEIVED_AT = "receivedAt";
  private static final String CONTENT_TYPE = "contentType";
  private static final String UNKNOWN = "unknown";

  private InboxMessages() {}

  static BytesMessage write(Session session, RawDocument document) throws JMSException {
    BytesMessage message = session.createBytesMessage();
    message.setStringProperty(CHANNEL, document.channel());
    message.setStringProperty(DOCUMENT, document.document());
    message.setStringProperty(EXTERNAL_ID, document.externalId());
    message.setStringProperty(RECEIVED_AT, document.receivedAt().toString());
    message.setStringProperty(CONTENT_TYPE, document.contentType());
    message.writeBytes(document.body());
    return message;
  }

  /**
   * Reads any message: one that somebody else put on the queue becomes a document of an unknown
   * channel, which recording refuses with a reason, instead of blocking the queue.
   */
  static RawDocument read(Message message) throws JMSException {
    return new RawDocument(
        text(message, CHANNEL, UNKNOWN),
        text(message, DOCUMENT, UNKNOWN),
        text(message, EXTERNAL_ID, message.getJMSMessageID()),
        receivedAt(message),
        text(message, CONTENT_TYPE, ""),
        body(message));
  }

  private static String text(Message message, String name, String absent) throws JMSException {
    String value = message.getStringProperty(name);
    return value == null ? absent : value;
  }

  /** When it was received, by its property, or else by the broker. */
  private static Instant receivedAt(Message message) throws JMSException {
    String value = message.getStringProperty(RECEIVED_AT);
    try {
      return Instant.parse(value == null ? "" : value);
    } catch (DateTimeParseException e) {
      return Instant.ofEpochMilli(message.getJMSTimestamp());
    }
  }

  private static byte[] body(Message message) throws JMSException {
    if (message instanceof BytesMessage bytes) {
      byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
      bytes.readBytes(body);
      return body;
    }
    return new byte[0];
  }
}
