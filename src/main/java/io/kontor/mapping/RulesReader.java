package io.kontor.mapping;

import io.kontor.ledger.Account;
import io.kontor.sales.FactKind;
import io.kontor.sales.Measure;
import io.kontor.sales.MoneyFlows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code accounts/rules.yaml}, and sees that what can be booked has an account. */
final class RulesReader {

  private static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");

  /** What an account can name beside what amounts are of. */
  private static final Set<String> PLACES = places();

  private final MappingFiles files;
  private final TableFaults faults;

  RulesReader(MappingFiles files, TableFaults faults) {
    this.files = files;
    this.faults = faults;
  }

  private static Set<String> places() {
    Set<String> places = new TreeSet<>(Measure.QUALIFIERS);
    places.add("channel");
    places.add("currency");
    return places;
  }

  List<PostingRule> rules() {
    List<PostingRule> rules = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlFields yaml : files.yamlList("accounts/rules.yaml")) {
      String set = yaml.text("set");
      Optional<FactKind> on = yaml.value("on", FactKind::of);
      List<PostingRule.Leg> legs = new ArrayList<>();
      for (YamlFields leg : yaml.objects("entry")) {
        leg(leg).ifPresent(legs::add);
      }
      yaml.noOthers();
      if (on.isPresent() && !set.isEmpty()) {
        PostingRule rule = new PostingRule(set, on.get().word(), legs);
        if (!seen.add(rule.name())) {
          yaml.fault("the rule %s stands twice".formatted(rule.name()));
        }
        rules.add(rule);
      }
    }
    return rules;
  }

  private static Optional<PostingRule.Leg> leg(YamlFields leg) {
    boolean debit = leg.has("debit");
    if (debit == leg.has("credit")) {
      leg.fault("must say either debit or credit");
      return Optional.empty();
    }
    String account = leg.text(debit ? "debit" : "credit");
    String amount = leg.text("amount");
    if (!amount.isEmpty() && !Measure.NAMES.contains(amount)) {
      leg.fault(
          "there is no amount '%s'; there are %s".formatted(amount, new TreeSet<>(Measure.NAMES)));
    }
    PLACE
        .matcher(account)
        .results()
        .map(place -> place.group(1))
        .filter(place -> !PLACES.contains(place))
        .forEach(
            place ->
                leg.fault(
                    "account '%s' has no place {%s}; there are %s"
                        .formatted(account, place, PLACES)));
    leg.noOthers();
    return Optional.of(
        new PostingRule.Leg(
            debit ? PostingRule.Side.DEBIT : PostingRule.Side.CREDIT, account, amount));
  }

  /** Whatever a rule or a settlement's code can book must have a row in the chart. */
  void requireAccounts(
      Map<String, Entity> entities, Map<String, Channel> channels, List<PostingRule> rules) {
    for (Channel channel : channels.values()) {
      Entity entity = entities.get(channel.entity());
      if (entity == null || entity.chart().rows().isEmpty()) {
        continue;
      }
      for (PostingRule rule : rules) {
        if (rule.set().equals(channel.rules())) {
          rule.legs()
              .forEach(leg -> hasRow(entity, leg.account(), "accounts/rules.yaml, " + rule.name()));
        }
      }
      for (Channel.Document document : channel.documents().values()) {
        if (document instanceof Channel.Document.Statement statement) {
          statement
              .codes()
              .rows()
              .forEach(
                  code ->
                      hasRow(
                          entity,
                          code.role(),
                          "vendors/%s, code %s".formatted(channel.vendor(), code.pattern())));
        }
      }
    }
  }

  /** An entry that does not balance cannot be booked: that shall not wait for its first fact. */
  void requireBalanced(Map<String, Channel> channels, List<PostingRule> rules) {
    for (PostingRule rule : rules) {
      boolean capturesReported =
          channels.values().stream()
              .anyMatch(c -> c.rules().equals(rule.set()) && c.capturesReported());
      for (Set<String> flow : MoneyFlows.of(FactKind.of(rule.on()), capturesReported)) {
        List<PostingRule.Leg> legs =
            rule.legs().stream().filter(leg -> flow.contains(leg.amount())).toList();
        long debits = legs.stream().filter(l -> l.side() == PostingRule.Side.DEBIT).count();
        if (debits * 2 != legs.size()) {
          faults.add(
              "accounts/rules.yaml, " + rule.name(),
              "does not balance: what is %s at once stands %d times on debit and %d times on credit"
                  .formatted(String.join(", ", new TreeSet<>(flow)), debits, legs.size() - debits));
        }
      }
    }
  }

  private void hasRow(Entity entity, String account, String place) {
    String role = account.replaceAll(":\\{.*", "");
    if (faults.requireAccount(place, role) && entity.chart().row(new Account(role)).isEmpty()) {
      faults.add(place, "accounts/%s/chart.csv has no row for '%s'".formatted(entity.id(), role));
    }
  }
}
