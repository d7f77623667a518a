package io.kontor.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/**
 * What the jq of a channel's documents sees as {@code $channel}: the channel's settings, the
 * entity's time zone, and every code table that lies beside {@code channel.yaml}, by file name and
 * first column: {@code $channel.tables.taxes["1"].rate}.
 */
public final class ChannelSettings {

  private ChannelSettings() {}

  /**
   * The settings of a channel as one JSON object.
   *
   * @param root the folder of the mappings, where the tables lie
   */
  public static JsonNode of(Channel channel, Entity entity, Path root) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("id", channel.id());
    settings.put("entity", channel.entity());
    settings.put("zone", entity.zone().getId());
    settings.put("arrival", channel.arrival().orElse(null));
    settings.put("warehouse", channel.warehouse());
    words(settings.putArray("currencies"), channel.currencies(), Currency::getCurrencyCode);
    words(settings.putArray("facilitatedIn"), channel.facilitatedIn(), word -> word);
    ObjectNode gateways = settings.putObject("gateways");
    channel.gateways().forEach(gateways::put);
    tables(settings.putObject("tables"), channel.id(), root);
    return settings;
  }

  private static <T> void words(
      ArrayNode array, Set<T> values, java.util.function.Function<T, String> word) {
    values.stream().map(word).sorted().forEach(array::add);
  }

  private static void tables(ObjectNode tables, String channel, Path root) {
    String folder = "channels/" + channel;
    MappingFiles files = new MappingFiles(root, new TableFaults());
    for (String file : files.files(folder, ".csv")) {
      if (SettlingReader.reads(file)) {
        continue;
      }
      String name = file.substring(folder.length() + 1, file.length() - ".csv".length());
      ObjectNode table = tables.putObject(name);
      for (MappingFiles.Row row : files.csv(file, List.of())) {
        ObjectNode fields = table.putObject(row.fields().values().iterator().next());
        row.fields().forEach(fields::put);
      }
    }
  }
}
