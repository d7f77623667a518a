package io.kontor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file in {@code routes/} keeps the house rules. */
class RoutesTest {

  private static final Path ROUTES = Path.of("routes");
  private static final int MOST_LINES = 80;
  private static final Set<String> FOLDERS =
      Set.of("errors", "templates", "inbound", "core", "outbound", "operate");
  private static final Set<String> KINDS =
      Set.of("route", "routeTemplate", "templatedRoute", "routeConfiguration");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** What the hub binds; parts may bind more under names of their own. */
  private static final Set<String> BEANS =
      Set.of(
          "api",
          "recording",
          "embeddedFile",
          "retention",
          "nightly",
          "sealing",
          "deliveries",
          "desk",
          "files",
          "feeds",
          "webhooks",
          "webhookAnswers",
          "odooAnswers",
          "seenFiles",
          "seenPages");

  @Test
  void each_file_holds_one_route_named_like_the_file_and_described() throws IOException {
    List<String> faults = new ArrayList<>();
    forEachFile(
        (file, tree) -> {
          if (tree.size() != 1 || tree.get(0).size() != 1) {
            faults.add(file + ": one thing per file");
            return;
          }
          String kind = tree.get(0).fieldNames().next();
          JsonNode thing = tree.get(0).get(kind);
          if (!KINDS.contains(kind)) {
            faults.add(file + ": canonical form begins with one of " + KINDS);
          }
          String id = thing.path(kind.equals("templatedRoute") ? "routeId" : "id").asText("");
          boolean theDefault = kind.equals("routeConfiguration") && id.isEmpty();
          if (!theDefault && !file.getFileName().toString().equals(id + ".camel.yaml")) {
            faults.add(file + ": its id is '" + id + "'");
          }
          if (!id.isEmpty() && !id.matches("[a-z]+(-[a-z]+)+")) {
            faults.add(file + ": an id is a verb and a noun");
          }
          if (!kind.equals("templatedRoute") && thing.path("description").asText("").isEmpty()) {
            faults.add(file + ": no description");
          }
          if (kind.equals("routeTemplate")) {
            if (thing.at("/route/description").isMissingNode()) {
              faults.add(file + ": the template's route has no description");
            }
            thing
                .path("parameters")
                .forEach(
                    p -> {
                      if (p.path("description").asText("").isEmpty()) {
                        faults.add(file + ": parameter " + p.path("name") + " is not described");
                      }
                    });
          }
        });
    assertThat(faults).isEmpty();
  }

  @Test
  void files_lie_in_their_folders_and_are_short() throws IOException {
    for (Path file : files()) {
      assertThat(FOLDERS).as(file.toString()).contains(file.getParent().getFileName().toString());
      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MOST_LINES);
    }
  }

  @Test
  void every_error_policy_is_complete_and_bounded() throws IOException {
    forEachFile(
        (file, tree) -> {
          JsonNode policy = tree.get(0).path("routeConfiguration");
          if (policy.isObject()) {
            assertThat(policy.findValues("exception").toString())
                .as(file + " catches everything")
                .contains("java.lang.Throwable");
            policy
                .findValuesAsText("maximumRedeliveries")
                .forEach(n -> assertThat(Integer.parseInt(n)).as(file.toString()).isBetween(0, 10));
          }
        });
  }

  @Test
  void every_bean_exists() throws IOException {
    forEachFile(
        (file, tree) -> {
          for (String ref : tree.findValuesAsText("ref")) {
            assertThat(BEANS).as(file.toString()).contains(ref);
          }
          for (String ref : tree.findValuesAsText("idempotentRepository")) {
            assertThat(BEANS).as(file.toString()).contains(ref);
          }
        });
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROUTES)) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  private static void forEachFile(BiConsumer<Path, JsonNode> check) throws IOException {
    for (Path file : files()) {
      check.accept(file, YAML.readTree(file.toFile()));
    }
  }
}
