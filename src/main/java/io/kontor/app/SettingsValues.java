package io.kontor.app;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The values that were given, each read as what its key asks for. A faulty one is noted once and
 * read as its default, so that reading goes on and finds every fault.
 */
final class SettingsValues {

  private final Map<String, String> values;
  private final List<String> faults;
  private final Set<String> faulty = new TreeSet<>();

  /**
   * @param values by key
   * @param faults is told of what is wrong
   */
  SettingsValues(Map<String, String> values, List<String> faults) {
    this.values = values;
    this.faults = faults;
  }

  String text(SettingsKey key) {
    return values.getOrDefault(key.key(), key.absent()).strip();
  }

  String required(SettingsKey key) {
    String value = text(key);
    if (value.isEmpty()) {
      faults.add(key.key() + " is empty");
    }
    return value;
  }

  Path path(SettingsKey key) {
    return parsed(key, Path::of, "a path");
  }

  int number(SettingsKey key, int least, int most) {
    return parsed(
        key, text -> Parse.number(text, least, most), "a number from " + least + " to " + most);
  }

  boolean flag(SettingsKey key) {
    return parsed(key, Parse::flag, "true or false");
  }

  Duration duration(SettingsKey key) {
    return parsed(key, Parse::duration, "a duration such as 30s, 5m, 2h or 90d");
  }

  <T> T parsed(SettingsKey key, Parse.Reading<T> reading, String expected) {
    String value = text(key);
    try {
      return reading.read(value);
    } catch (RuntimeException e) {
      if (faulty.add(key.key())) {
        faults.add("%s is '%s', not %s".formatted(key.key(), value, expected));
      }
      return reading.read(key.absent());
    }
  }

  Secret secret(SettingsKey key) {
    return secret(key.key(), key.absent());
  }

  /** A secret, which may stand in a file instead. */
  Secret secret(String key, String absent) {
    String fileKey = key + KnownKeys.FILE;
    String file = values.get(fileKey);
    if (file == null) {
      return new Secret(values.getOrDefault(key, absent));
    }
    if (values.containsKey(key) && faulty.add(key)) {
      faults.add("%s and %s are both set".formatted(key, fileKey));
    }
    try {
      return new Secret(Files.readString(Path.of(file)).strip());
    } catch (IOException e) {
      if (faulty.add(key)) {
        faults.add("%s cannot be read: %s".formatted(fileKey, why(Path.of(file), e)));
      }
      return Secret.NONE;
    }
  }

  /** Why a file cannot be read: the JDK names the file, and what is wrong only by a class. */
  static String why(Path file, Exception thrown) {
    if (thrown instanceof NoSuchFileException) {
      return "there is no file " + file;
    }
    if (thrown instanceof AccessDeniedException) {
      return "who runs Kontor may not read " + file;
    }
    if (thrown instanceof CharacterCodingException) {
      return file + " is no text in UTF-8";
    }
    return Files.isDirectory(file) ? file + " is a folder" : thrown.getMessage();
  }

  /** The value of a key that is in no table of keys. */
  String other(String key, String absent) {
    return values.getOrDefault(key, absent);
  }

  /** All that begins so, with its full keys. */
  Map<String, String> starting(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key, value);
          }
        });
    return found;
  }
}
