package io.kontor.flow;

import io.kontor.document.RawDocument;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One queue of raw documents, and how it is consumed. */
@ManagedResource(description = "Durable queue of raw documents")
@UriEndpoint(
    firstVersion = "0.1",
    scheme = "inbox",
    title = "Inbox",
    syntax = "inbox:queue",
    category = Category.MESSAGING)
public final class InboxEndpoint extends DefaultEndpoint {

  @UriPath(description = "The name of the queue")
  private final String queue;

  @UriParam(defaultValue = "100", description = "The most documents in one exchange")
  private int batch = 100;

  @UriParam(defaultValue = "1", description = "How many threads consume")
  private int consumers = 1;

  @UriParam(defaultValue = "30000", description = "The longest pause after a failure, in ms")
  private long longestPause = Duration.ofSeconds(30).toMillis();

  InboxEndpoint(String uri, InboxComponent component, String queue) {
    super(uri, component);
    this.queue = queue;
  }

  @Override
  public InboxComponent getComponent() {
    return (InboxComponent) super.getComponent();
  }

  @Override
  public Producer createProducer() {
    return new DefaultProducer(this) {
      @Override
      public void process(Exchange exchange) throws Exception {
        getComponent().inbox().put(exchange.getMessage().getMandatoryBody(RawDocument.class));
      }
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    InboxConsumer consumer = new InboxConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @ManagedAttribute(description = "The name of the queue")
  public String getQueue() {
    return queue;
  }

  @ManagedAttribute(description = "The most documents in one exchange")
  public int getBatch() {
    return batch;
  }

  public void setBatch(int batch) {
    this.batch = batch;
  }

  @ManagedAttribute(description = "How many threads consume")
  public int getConsumers() {
    return consumers;
  }

  public void setConsumers(int consumers) {
    this.consumers = consumers;
  }

  @ManagedAttribute(description = "The longest pause after a failure, in milliseconds")
  public long getLongestPause() {
    return longestPause;
  }

  public void setLongestPause(long longestPause) {
    this.longestPause = longestPause;
  }
}
