package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engineer can do wrong in {@code routes/} is said before anything starts. */
class RouteFilesTest {

  private static final Path HOUSE = Path.of("routes");

  @TempDir private Path temporary;
  private Path routes;

  @BeforeEach
  void copy_the_routes_of_the_house() throws IOException {
    routes = Folders.copy(HOUSE, temporary.resolve("routes"));
  }

  @Test
  void the_routes_of_the_house_are_whole() {
    assertThat(RouteFiles.read(HOUSE).pattern())
        .contains("file:routes/core/record-documents.camel.yaml")
        .doesNotContain("*");
  }

  @Test
  void a_file_that_is_not_yaml_is_named_with_its_line() throws IOException {
    append("operate/seal-journal", "  - route: [\n");
    refused(
        "operate/seal-journal.camel.yaml:13: is not YAML: ", "expected <block end>, but found '-'");
  }

  @Test
  void a_file_that_nothing_reads_is_named() throws IOException {
    Files.writeString(routes.resolve("inbound/poll-ebay.yaml"), "");
    refused(
        "inbound/poll-ebay.yaml: nothing reads this file: a file of routes ends in .camel.yaml");
  }

  @Test
  void routes_that_the_hub_cannot_do_without_are_all_named() throws IOException {
    delete("core/record-documents");
    delete("templates/run-nightly");
    refused(
        "routes: 2 faults",
        "no file holds 'record-documents': nothing that arrives would be recorded",
        "no file holds 'run-nightly': no night would run");
  }

  @Test
  void an_empty_folder_is_refused() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    assertThatThrownBy(() -> RouteFiles.read(empty))
        .isInstanceOf(InvalidRoutesException.class)
        .hasMessageContaining("no file holds 'record-documents'");
  }

  @Test
  void an_id_that_two_files_hold_is_named_with_both() throws IOException {
    Files.copy(file("operate/seal-journal"), file("operate/seal-twice"));
    refused("operate/seal-twice.camel.yaml: 'seal-journal' is the id of operate/seal-journal");
  }

  @Test
  void an_error_policy_that_no_file_holds_is_named_with_who_relies_on_it() throws IOException {
    delete("errors/desk-and-set-aside");
    refused(
        "templates/watch-folder.camel.yaml: no file holds the error policy 'desk-and-set-aside'");
  }

  @Test
  void routes_without_a_default_error_policy_are_refused_and_so_are_those_with_two()
      throws IOException {
    Files.copy(file("errors/leave-to-desk"), file("errors/leave-too"));
    refused("errors/leave-to-desk.camel.yaml, errors/leave-too.camel.yaml: each is");
    delete("errors/leave-to-desk");
    delete("errors/leave-too");
    refused("no file holds an error policy without an id");
  }

  @Test
  void an_address_at_which_no_route_answers_is_named_with_who_calls_it() throws IOException {
    delete("outbound/post-batch-to-file");
    refused("outbound/route-deliveries.camel.yaml: no route answers at 'direct:post-batch-to-file");
  }

  @Test
  void the_address_that_the_program_calls_must_be_answered() throws IOException {
    replace("outbound/call-odoo", "direct:call-odoo", "direct:odoo");
    refused("no route answers at 'direct:call-odoo': Odoo could not be called");
  }

  @Test
  void a_template_or_a_parameter_that_is_not_there_is_named() throws IOException {
    replace("inbound/poll-amazon-orders", "name: enabled", "name: enable");
    replace("inbound/watch-inbox", "watch-folder", "watch-folders");
    refused(
        "routes: 2 faults",
        "poll-amazon-orders.camel.yaml: template 'poll-feed' has no parameter 'enable', it has [authorize, ",
        "watch-inbox.camel.yaml: no file holds the template 'watch-folders', there are [poll-feed, ");
  }

  @Test
  void a_volume_of_kubernetes_is_read_through_its_links_and_once() throws IOException {
    Path volume = Folders.copyAsVolume(HOUSE, temporary.resolve("volume"));
    assertThat(RouteFiles.read(volume).pattern().split(","))
        .hasSameSizeAs(RouteFiles.read(HOUSE).pattern().split(","));
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> RouteFiles.read(routes))
        .isInstanceOf(InvalidRoutesException.class)
        .hasMessageContainingAll(parts);
  }

  private Path file(String name) {
    return routes.resolve(name + ".camel.yaml");
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(file(name), Files.readString(file(name)) + text);
  }

  private void replace(String name, String text, String by) throws IOException {
    Files.writeString(file(name), Files.readString(file(name)).replace(text, by));
  }

  private void delete(String name) throws IOException {
    Files.delete(file(name));
  }
}
