package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * Compiles the jq of documents. Every file sees the functions of the files that lie in {@code
 * vendors} itself and of its own vendor's {@code vendor.jq}, which hold definitions only.
 *
 * <p>jq makes its definitions anew with every run. Here they are made once for each file, since
 * there are many of them, and documents are small.
 */
final class JqLibrary {

  private static final String HOUSE = "vendors";
  private static final String VENDOR = "vendor.jq";

  /** Where a file's definitions end: hands over the scope that they were made in. */
  private static final String END_OF_DEFINITIONS = "end_of_definitions";

  private final Path root;
  private final Scope functions;

  JqLibrary(Path root) {
    this.root = root;
    this.functions = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, functions);
    JqFunctions.register(functions);
  }

  /**
   * @param file relative to the root: {@code vendors/shopify/orders.jq}
   * @param settings what the file and its functions see as {@code $channel}
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  JqMapping compile(String file, JsonNode settings) {
    Scope scope = Scope.newChildScope(functions);
    scope.setValue("channel", settings);
    for (Path house : house()) {
      scope = defined(house, scope);
    }
    Path vendor = root.resolve(file).resolveSibling(VENDOR);
    if (Files.exists(vendor)) {
      scope = defined(vendor, scope);
    }
    return new JqMapping(file, query(root.resolve(file), ""), scope);
  }

  private List<Path> house() {
    try (Stream<Path> files = Files.list(root.resolve(HOUSE))) {
      return files.filter(file -> file.toString().endsWith(".jq")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The scope with the definitions of a file. */
  private Scope defined(Path file, Scope scope) {
    AtomicReference<Scope> defined = new AtomicReference<>();
    Scope around = Scope.newChildScope(scope);
    around.addFunction(
        END_OF_DEFINITIONS,
        0,
        (within, arguments, input, path, output, version) -> defined.set(within));
    try {
      query(file, END_OF_DEFINITIONS).apply(around, NullNode.getInstance(), nothing -> {});
    } catch (JsonQueryException e) {
      throw invalid(file, e);
    }
    return defined.get();
  }

  private JsonQuery query(Path file, String end) {
    try {
      return JsonQuery.compile(Files.readString(file) + "\n" + end, Versions.JQ_1_6);
    } catch (JsonQueryException e) {
      throw invalid(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IllegalArgumentException invalid(Path file, JsonQueryException e) {
    // The exception repeats the whole file; its cause says what was met where, then what was not.
    String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return new IllegalArgumentException(
        "%s: is not jq: %s"
            .formatted(root.relativize(file), reason.lines().findFirst().orElse(reason)),
        e);
  }
}
