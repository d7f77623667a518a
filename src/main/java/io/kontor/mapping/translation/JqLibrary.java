package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * Compiles the jq of documents. Every file sees the functions of {@code vendors/house.jq} and of
 * its own vendor's {@code vendor.jq}, which hold definitions only.
 */
final class JqLibrary {

  private static final String HOUSE = "vendors/house.jq";
  private static final String VENDOR = "vendor.jq";

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
   * @param settings what the file sees as {@code $channel}
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  JqMapping compile(String file, JsonNode settings) {
    Path path = root.resolve(file);
    String source = text(root.resolve(HOUSE)) + text(path.resolveSibling(VENDOR)) + text(path);
    try {
      return new JqMapping(file, JsonQuery.compile(source, Versions.JQ_1_6), functions, settings);
    } catch (JsonQueryException e) {
      throw new IllegalArgumentException(
          "%s: is not jq (lines count from house.jq on): %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) + "\n" : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
