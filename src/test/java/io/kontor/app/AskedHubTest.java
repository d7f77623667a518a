package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub of a command that only asks, where none runs on the data directory. */
class AskedHubTest {

  @TempDir private Path data;

  @Test
  void it_answers_and_does_nothing_by_itself() throws Exception {
    Settings settings =
        SettingsReader.of(Map.of("kontor.data", data.toString(), "kontor.http.port", "0"));
    try (Hub asked = Hub.startToBeAsked(settings, new FakeParts()::wire)) {
      assertThat(started(asked)).containsExactlyInAnyOrder("serve-api", "call-odoo");
      assertThat(DataDirectory.runningHub(data)).isPresent();
    }
    try (Hub working = Hub.start(settings, new FakeParts()::wire)) {
      assertThat(started(working)).contains("sweep-deliveries", "record-documents");
    }
  }

  private static List<String> started(Hub hub) {
    return hub.camel().getRoutes().stream()
        .map(Route::getRouteId)
        .filter(id -> hub.camel().getRouteController().getRouteStatus(id).isStarted())
        .toList();
  }
}
