package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.HubClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares every control total. */
@Command(
    name = "verify",
    description = "Compares every control total; exits 1 on a difference.",
    mixinStandardHelpOptions = true)
final class VerifyCommand extends Subcommand {

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes the proof as a page to print, too.")
  private Path html;

  VerifyCommand(Kontor kontor) {
    super(kontor);
  }

  private static JsonNode proof(Invocation invocation, HubClient hub) throws Exception {
    if (invocation.json()) {
      return hub.get("tie-out", Map.of());
    }
    ProgressBar bar = new ProgressBar(invocation.out());
    return Watched.run(
        () -> hub.get("tie-out", Map.of()),
        bar,
        () -> {
          for (JsonNode step : hub.get("tie-out/progress", Map.of())) {
            bar.step(
                step.path("what").asText(),
                step.path("done").asLong(),
                step.path("steps").asLong());
          }
        });
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = ask(invocation)) {
      JsonNode proof = proof(invocation, hub.client());
      boolean agrees = proof.path("agrees").asBoolean();
      invocation.print(
          proof,
          () -> {
            TieOutText.print(invocation.out(), proof);
            TieOutText.verdict(invocation.out(), agrees);
          });
      if (html != null) {
        Files.writeString(html, hub.client().text("tie-out", Map.of("format", "html")));
      }
      return agrees ? 0 : 1;
    }
  }
}
