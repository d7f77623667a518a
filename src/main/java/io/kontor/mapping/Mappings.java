package io.kontor.mapping;

import io.kontor.failure.RejectedFailure;
import io.kontor.sales.FactKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything in {@code /mappings}, read and checked once.
 *
 * @param version a hash over every file: entries name it
 * @param consequences which deliveries a fact of a kind of channel causes
 * @param authors the users who wrote this version, as far as it says: they approve no batch that is
 *     the first to be made with it
 */
public record Mappings(
    String version,
    Map<String, Entity> entities,
    Map<String, Channel> channels,
    List<PostingRule> rules,
    Catalog catalog,
    Map<ConsequenceKey, List<Consequence>> consequences,
    Set<String> authors) {

  /** Mappings that do not say who wrote them. */
  public Mappings(
      String version,
      Map<String, Entity> entities,
      Map<String, Channel> channels,
      List<PostingRule> rules,
      Catalog catalog,
      Map<ConsequenceKey, List<Consequence>> consequences) {
    this(version, entities, channels, rules, catalog, consequences, Set.of());
  }

  public Mappings {
    authors = Set.copyOf(authors);
    entities = Map.copyOf(entities);
    channels = Map.copyOf(channels);
    rules = List.copyOf(rules);
    consequences = Map.copyOf(consequences);
  }

  /** A kind of channel and a kind of fact. */
  public record ConsequenceKey(Channel.Kind channel, FactKind fact) {}

  public Optional<Channel> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  /**
   * A channel that somebody named.
   *
   * @throws RejectedFailure {@code unknown-channel}, with those that there are
   */
  public Channel requireChannel(String id) {
    return channel(id)
        .orElseThrow(
            () ->
                new RejectedFailure(
                    "unknown-channel",
                    id,
                    "there is no channel '%s'; there are: %s"
                        .formatted(
                            id, String.join(", ", channels.keySet().stream().sorted().toList()))));
  }

  /**
   * An entity that somebody named.
   *
   * @throws RejectedFailure {@code unknown-entity}, with those that there are
   */
  public Entity requireEntity(String id) {
    if (!entities.containsKey(id)) {
      throw new RejectedFailure(
          "unknown-entity",
          id,
          "there is no entity '%s'; there are: %s"
              .formatted(id, String.join(", ", entities.keySet().stream().sorted().toList())));
    }
    return entities.get(id);
  }

  public Entity entityOf(Channel channel) {
    return entities.get(channel.entity());
  }

  public List<Consequence> consequences(Channel.Kind channel, FactKind fact) {
    return consequences.getOrDefault(new ConsequenceKey(channel, fact), List.of());
  }
}
