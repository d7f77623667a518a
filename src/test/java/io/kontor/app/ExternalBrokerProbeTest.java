package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExternalBrokerProbeTest {

  @Test
  void health_names_the_broker_without_the_passwords_in_its_url() {
    String url = "tcp://127.0.0.1:1?sslEnabled=true&trustStorePassword=hush";
    ExternalBroker broker =
        ExternalBroker.reach(new Settings.Broker(url, "kontor", new Secret("hush")));
    try {
      Probe probe = broker.probe();
      assertThat(probe.up()).isFalse();
      assertThat(probe.details()).containsEntry("url", "tcp://127.0.0.1:1");
      assertThat(probe.message()).doesNotContain("hush");
    } finally {
      broker.close();
    }
  }
}
