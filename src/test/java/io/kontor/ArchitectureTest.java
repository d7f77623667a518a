package io.kontor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the rooms and the import arrow: a room may import only rooms of a smaller number. */
class ArchitectureTest {

  private static final Map<String, Integer> ROOMS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("money", 0),
              Map.entry("failure", 0),
              Map.entry("words", 0),
              Map.entry("sales", 1),
              Map.entry("ledger", 1),
              Map.entry("document", 1),
              Map.entry("mapping", 2),
              Map.entry("posting", 3),
              Map.entry("reconcile", 3),
              Map.entry("books", 3),
              Map.entry("odoo", 3),
              Map.entry("store", 4),
              Map.entry("work", 5),
              Map.entry("flow", 6),
              Map.entry("console", 6),
              Map.entry("app", 7)));

  /** Within these rooms a folder, too, imports only folders of a smaller number. */
  private static final Map<String, Map<String, Integer>> FOLDERS =
      Map.of(
          "mapping",
          Map.of("statement", 0, "", 1, "translation", 2),
          "odoo",
          Map.of("document", 0, "", 1),
          "work",
          Map.of(
              "", 0,
              "intake", 1,
              "desk", 2,
              "delivery", 3,
              "settlement", 4,
              "batch", 4,
              "recording", 5,
              "night", 5,
              "proof", 6));

  /** The sandbox is somebody else's house: it may use money, and only the app may start it. */
  private static final String SANDBOX = "sandbox";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kontor");

  @Test
  void a_room_imports_only_rooms_of_a_smaller_number() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String from = room(type);
        String to = room(dependency.getTargetClass());
        if (to != null && !to.equals(from) && !mayImport(from, to)) {
          wrong.add(from + " → " + to + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_folder_of_a_room_imports_only_folders_of_a_smaller_number() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      Map<String, Integer> folders = FOLDERS.getOrDefault(room(type), Map.of());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        boolean within = !folders.isEmpty() && room(type).equals(room(target));
        if (within
            && !folder(type).equals(folder(target))
            && folders.get(folder(type)) <= folders.get(folder(target))) {
          wrong.add(folder(type) + " → " + folder(target) + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_hub_does_not_know_its_command_line() {
    noClasses()
        .that()
        .resideInAnyPackage("io.kontor.app", "io.kontor.app.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.kontor.app.command..")
        .check(CLASSES);
  }

  /** The first logger opens its file, and only the settings say where that is to be. */
  @Test
  void settings_are_read_without_anything_that_logs() {
    noClasses()
        .that()
        .resideInAPackage("io.kontor.app")
        .and()
        .haveNameMatching(".*\\.(Settings.*|Parse|KnownKeys|UsersReader)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.activemq..", "org.apache.camel..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void every_room_is_on_the_plan_and_says_what_it_is_for() {
    Set<String> rooms = new TreeSet<>();
    CLASSES.forEach(type -> rooms.add(room(type)));
    rooms.remove(SANDBOX);
    assertThat(ROOMS.keySet()).containsAll(rooms);
    assertThat(rooms)
        .allSatisfy(
            room ->
                assertThat(
                        Files.exists(Path.of("src/main/java/io/kontor", room, "package-info.java")))
                    .as("package-info of " + room)
                    .isTrue());
  }

  @Test
  void only_store_speaks_sql() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.kontor.store..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.sql.Connection")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.sql.PreparedStatement")
        .check(CLASSES);
  }

  @Test
  void the_rooms_without_doors_do_no_input_or_output() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.kontor.money..",
            "io.kontor.words..",
            "io.kontor.sales..",
            "io.kontor.ledger..",
            "io.kontor.posting..",
            "io.kontor.reconcile..",
            "io.kontor.odoo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "org.apache.camel..")
        .check(CLASSES);
  }

  @Test
  void camel_is_known_only_where_it_flows() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.kontor.flow..", "io.kontor.console..", "io.kontor.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..")
        .check(CLASSES);
  }

  private static boolean mayImport(String from, String to) {
    if (from.equals(SANDBOX)) {
      return to.equals("money");
    }
    if (to.equals(SANDBOX)) {
      return from.equals("app");
    }
    return ROOMS.getOrDefault(from, -1) > ROOMS.getOrDefault(to, Integer.MAX_VALUE);
  }

  /** The folder of a type within its room; empty for the room itself. */
  private static String folder(JavaClass type) {
    String room = "io.kontor." + room(type);
    String name = type.getPackageName();
    return name.equals(room) ? "" : name.substring(room.length() + 1);
  }

  private static String room(JavaClass type) {
    String prefix = "io.kontor.";
    if (!type.getPackageName().startsWith(prefix)) {
      return null;
    }
    String rest = type.getPackageName().substring(prefix.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
