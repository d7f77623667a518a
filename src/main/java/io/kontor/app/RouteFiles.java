package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.mapping.FolderFiles;
import io.kontor.mapping.Yaml;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of a folder of routes, found whole before Camel reads them: it starts as readily
 * without a file that is misnamed or lies behind a link, and says of one that is no YAML only its
 * name.
 */
final class RouteFiles {

  private static final String ENDING = ".camel.yaml";
  private static final Pattern CHANNEL_KEY =
      Pattern.compile("\\{\\{(kontor\\.channel\\.[a-z0-9._-]+)");

  private final Path folder;
  private final Map<String, JsonNode> files = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private RouteFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads a folder and all below it.
   *
   * @throws IllegalArgumentException if there is no such folder
   * @throws InvalidRoutesException with everything for which the hub cannot start on these routes
   */
  static RouteFiles read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "There is no folder of routes %s: start Kontor where routes/ lies, or set kontor.routes"
              .formatted(folder.toAbsolutePath()));
    }
    RouteFiles routes = new RouteFiles(folder);
    routes.find();
    // What a file holds that is no YAML is not missing elsewhere.
    if (routes.faults.isEmpty()) {
      routes.faults.addAll(RouteRules.faults(routes.files));
    }
    if (!routes.faults.isEmpty()) {
      throw new InvalidRoutesException(routes.faults);
    }
    return routes;
  }

  /** The settings of channels that routes ask for; none where there is no such folder. */
  static Set<String> channelKeys(Path folder) {
    Set<String> keys = new TreeSet<>();
    try {
      if (Files.isDirectory(folder)) {
        for (Path file : FolderFiles.of(folder).values()) {
          Matcher key =
              CHANNEL_KEY.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
          while (key.find()) {
            keys.add(key.group(1));
          }
        }
      }
    } catch (IOException e) {
      throw FolderFiles.unreadable(folder, e);
    }
    return keys;
  }

  /** What Camel's main is to include. */
  String pattern() {
    return files.keySet().stream()
        .map(name -> "file:" + folder.resolve(name))
        .collect(Collectors.joining(","));
  }

  private void find() {
    try {
      for (Map.Entry<String, Path> file : FolderFiles.of(folder).entrySet()) {
        String name = file.getKey();
        if (name.endsWith(ENDING)) {
          parse(name, file.getValue());
        } else if (!name.endsWith(".md")) {
          faults.add(name + ": nothing reads this file: a file of routes ends in " + ENDING);
        }
      }
    } catch (IOException e) {
      throw FolderFiles.unreadable(folder, e);
    }
  }

  private void parse(String name, Path file) throws IOException {
    try {
      files.put(name, Yaml.tree(Files.readString(file)));
    } catch (Yaml.NotYamlException e) {
      faults.add("%s:%d: %s".formatted(name, e.line(), e.getMessage()));
    } catch (CharacterCodingException e) {
      faults.add(name + ": is not UTF-8");
    }
  }
}
