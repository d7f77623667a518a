package io.kontor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.document.RawDocument;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any message is a document, so that none blocks the queue: recording says what is wrong of it. */
class InboxMessagesTest {

  private static final Instant SENT = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void a_message_of_somebody_elses_is_a_document_of_an_unknown_channel() throws JMSException {
    assertThat(InboxMessages.read(message(Map.of())))
        .returns("unknown", RawDocument::channel)
        .returns("ID:1", RawDocument::externalId)
        .returns(SENT, RawDocument::receivedAt);
  }

  @Test
  void a_time_that_is_none_is_the_time_at_which_the_broker_took_the_message() throws JMSException {
    assertThat(InboxMessages.read(message(Map.of("receivedAt", "yesterday"))))
        .returns(SENT, RawDocument::receivedAt);
  }

  private static Message message(Map<String, String> properties) {
    return (Message)
        Proxy.newProxyInstance(
            Message.class.getClassLoader(),
            new Class<?>[] {Message.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getStringProperty" -> properties.get(arguments[0]);
                  case "getJMSMessageID" -> "ID:1";
                  case "getJMSTimestamp" -> SENT.toEpochMilli();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
