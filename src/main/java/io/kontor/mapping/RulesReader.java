package io.kontor.mapping;

import io.kontor.ledger.Account;
import io.kontor.mapping.statement.FeeTax;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.sales.FactKind;
import io.kontor.sales.Measure;
import io.kontor.sales.MoneyFlows;
import io.kontor.words.Words;
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

  private static final String CAPTURED = FactKind.PAYMENT_CAPTURED.word();

  /** What settlements are booked to beside what their codes say. */
  private static final List<String> OF_SETTLEMENTS =
      List.of("payout-in-transit", "payable-to-channel", "receivable-before-cutover", "suspense");

  /** What stands on these is worked out anew each time: no code of a statement books there. */
  static final List<String> OF_OTHER_CURRENCIES = List.of("fx.position", "fx.result");

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
          requireAccounts(entity, channel, statement);
        }
      }
    }
  }

  private void requireAccounts(
      Entity entity, Channel channel, Channel.Document.Statement statement) {
    for (SettlementCode code : statement.codes().rows()) {
      hasRow(
          entity, code.role(), "vendors/%s, code %s".formatted(channel.vendor(), code.pattern()));
      if (code.tax().kind() == FeeTax.Kind.INCLUDED
          || code.tax().kind() == FeeTax.Kind.REVERSE_CHARGE) {
        hasRow(
            entity,
            SettlementCode.TAX_ON_FEES,
            "channels/%s, tax of code %s".formatted(channel.id(), code.pattern()));
      }
    }
    String place = "channels/%s, whose settlements are booked".formatted(channel.id());
    OF_SETTLEMENTS.forEach(role -> hasRow(entity, role, place));
    if (channel.currencies().stream().anyMatch(c -> !c.equals(entity.currency()))) {
      OF_OTHER_CURRENCIES.forEach(role -> hasRow(entity, role, place));
    }
  }

  /**
   * What a channel says of itself must fit the set of rules by which its facts are booked: else
   * some are booked twice and others not at all.
   *
   * @return the channels that do
   */
  List<Channel> requireFitting(Map<String, Channel> channels, List<PostingRule> rules) {
    List<Channel> fitting = new ArrayList<>();
    for (Channel channel : channels.values()) {
      Set<String> booked = new HashSet<>();
      rules.stream()
          .filter(rule -> rule.set().equals(channel.rules()))
          .forEach(rule -> booked.add(rule.on()));
      List<String> misfits = booked.isEmpty() ? List.of() : misfits(channel, booked);
      misfits.forEach(what -> faults.add("channels/%s/channel.yaml".formatted(channel.id()), what));
      if (misfits.isEmpty()) {
        fitting.add(channel);
      }
    }
    return fitting;
  }

  private static List<String> misfits(Channel channel, Set<String> booked) {
    List<String> misfits = new ArrayList<>();
    boolean till = channel.kind() == Channel.Kind.POS;
    boolean bySettlement = channel.recognise() == Channel.Recognition.SETTLEMENT;
    String made = (till ? FactKind.RECEIPT_RUNG : FactKind.SHIPPED).word();
    if (!booked.contains(made)) {
      misfits.add(
          "a channel of 'kind: %s' is booked by '%s', and 'rules: %s' has no rule on it"
              .formatted(Words.of(channel.kind()), made, channel.rules()));
    }
    if (channel.capturesReported() && channel.settlementCodes().isPresent()) {
      misfits.add(
          "'capturesReported: true' opens a clearing account for each gateway, and a statement does not say which of them it pays out: this version settles only channels that report no captures, so give it a vendor without *.statement.yaml, and not '%s'"
              .formatted(channel.vendor()));
    }
    if (bySettlement && (till || channel.capturesReported())) {
      misfits.add(
          "'recognise: settlement' is of marketplaces that report no captures: %s would never be booked"
              .formatted(till ? "receipts" : "captures"));
    } else if (!till && channel.capturesReported() != booked.contains(CAPTURED)) {
      misfits.add(
          "'capturesReported: %s' does not go with 'rules: %s', which has %s rule on '%s'"
              .formatted(
                  channel.capturesReported(),
                  channel.rules(),
                  channel.capturesReported() ? "no" : "a",
                  CAPTURED));
    }
    return misfits;
  }

  /** An entry that does not balance cannot be booked: that shall not wait for its first fact. */
  void requireBalanced(List<Channel> channels, List<PostingRule> rules) {
    for (PostingRule rule : rules) {
      boolean capturesReported =
          channels.stream().anyMatch(c -> c.rules().equals(rule.set()) && c.capturesReported());
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
