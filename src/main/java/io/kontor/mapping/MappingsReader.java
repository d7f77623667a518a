package io.kontor.mapping;

import io.kontor.mapping.translation.Translator;
import io.kontor.sales.FactKind;
import io.kontor.words.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a mappings folder into tables. Everything that is wrong in any file is found in one go, so
 * that whoever edits the tables does not mend them one fault a start.
 */
public final class MappingsReader {

  private static final String AUTHORS = "authors.yaml";

  private final MappingFiles files;
  private final TableFaults faults;

  private MappingsReader(Path root) {
    this.faults = new TableFaults();
    this.files = new MappingFiles(root, faults);
  }

  /**
   * Reads and checks the tables. The jq files and schemas are compiled by {@link Translator}.
   *
   * @param root the folder {@code mappings}
   * @throws InvalidMappingsException listing every fault of every table
   */
  public static Mappings read(Path root) {
    return new MappingsReader(root).read();
  }

  private Mappings read() {
    EntityReader entityReader = new EntityReader(files, faults);
    Map<String, Entity> entities = new LinkedHashMap<>();
    List<String> entityIds = files.folders("accounts");
    for (String id : entityIds) {
      entityReader.entity(id).ifPresent(entity -> entities.put(id, entity));
    }
    RulesReader rulesReader = new RulesReader(files, faults);
    List<PostingRule> rules = rulesReader.rules();
    VendorReader vendorReader = new VendorReader(files, faults);
    Map<String, Map<String, Channel.Document>> vendors = new LinkedHashMap<>();
    for (String vendor : files.folders("vendors")) {
      vendors.put(vendor, vendorReader.documents(vendor));
    }
    ChannelReader channelReader = new ChannelReader(files, faults);
    Map<String, Channel> channels = new LinkedHashMap<>();
    for (String id : files.folders("channels")) {
      channelReader
          .channel(id, vendors, Set.copyOf(entityIds), rules)
          .ifPresent(channel -> channels.put(id, channel));
    }
    Catalog catalog = new CatalogReader(files, faults).catalog(Set.copyOf(entityIds));
    Map<Mappings.ConsequenceKey, List<Consequence>> consequences = consequences();
    Set<String> authors = authors();
    files.files("vendors", ".jq").forEach(files::isRead);
    files.files("schema", ".json").forEach(files::isRead);
    files.noOthers();
    rulesReader.requireAccounts(entities, channels, rules);
    rulesReader.requireBalanced(rulesReader.requireFitting(channels, rules), rules);
    faults.throwIfAny();
    return new Mappings(files.version(), entities, channels, rules, catalog, consequences, authors);
  }

  /** Who wrote this version; the file is optional. */
  private Set<String> authors() {
    if (!files.has(AUTHORS)) {
      return Set.of();
    }
    YamlFields yaml = files.yaml(AUTHORS);
    Set<String> authors = new HashSet<>(yaml.texts("authors"));
    yaml.noOthers();
    return authors;
  }

  private Map<Mappings.ConsequenceKey, List<Consequence>> consequences() {
    Map<Mappings.ConsequenceKey, List<Consequence>> all = new HashMap<>();
    YamlFields yaml = files.yaml("consequences.yaml");
    for (String channelWord : yaml.keys()) {
      YamlFields ofKind = yaml.object(channelWord);
      Optional<Channel.Kind> kind = parsed(yaml, channelWord, word(Channel.Kind.values()));
      for (String factWord : ofKind.keys()) {
        Optional<FactKind> fact = parsed(ofKind, factWord, FactKind::of);
        List<Consequence> consequences = ofKind.values(factWord, Consequence::of);
        fact.ifPresent(
            kindOfFact ->
                consequences.stream()
                    .filter(consequence -> !consequence.canFollow(kindOfFact))
                    .forEach(
                        consequence ->
                            ofKind.fault(
                                "%s cannot follow from %s"
                                    .formatted(consequence.word(), factWord))));
        if (kind.isPresent() && fact.isPresent()) {
          all.put(new Mappings.ConsequenceKey(kind.get(), fact.get()), consequences);
        }
      }
    }
    return all;
  }

  private static <T> Optional<T> parsed(YamlFields yaml, String word, Function<String, T> of) {
    try {
      return Optional.of(of.apply(word));
    } catch (IllegalArgumentException e) {
      yaml.fault(e.getMessage());
      return Optional.empty();
    }
  }

  /** Finds the enum constant whose name a table writes in kebab-case. */
  static <E extends Enum<E>> Function<String, E> word(E[] values) {
    return text -> {
      List<String> words = new ArrayList<>();
      for (E value : values) {
        String word = Words.of(value);
        if (word.equals(text)) {
          return value;
        }
        words.add(word);
      }
      throw new IllegalArgumentException("'%s' is none of %s".formatted(text, words));
    };
  }
}
