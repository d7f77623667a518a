package io.kontor.posting;

import io.kontor.ledger.Account;
import io.kontor.mapping.Channel;
import java.util.Currency;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in the places of an account's pattern, such as {@code
 * clearing:{channel}:{gateway}:{currency}}.
 *
 * <p>This is also the one place that says which clearing account a channel's orders open and its
 * settlements relieve.
 */
public final class AccountPatterns {

  /** The clearing account: rules write it like this too (held equal by a test). */
  static final String CLEARING = "clearing:{channel}:{gateway}:{currency}";

  /** Stands for the gateway of a channel that reports no captures: the channel itself pays. */
  private static final String MARKETPLACE = "marketplace";

  private static final Pattern PLACE = Pattern.compile(":\\{([a-z]+)}");

  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9._-]+");

  private final Channel channel;

  AccountPatterns(Channel channel) {
    this.channel = channel;
  }

  /**
   * The account that a pattern means.
   *
   * @param qualifiers values of places; one that is missing is left out with its colon
   */
  Account account(String pattern, Map<String, String> qualifiers, Currency currency) {
    StringBuilder path = new StringBuilder();
    Matcher place = PLACE.matcher(pattern);
    while (place.find()) {
      String value = value(place.group(1), qualifiers, currency);
      place.appendReplacement(path, value.isEmpty() ? "" : Matcher.quoteReplacement(":" + value));
    }
    place.appendTail(path);
    return new Account(path.toString());
  }

  /** How the paths of all clearing accounts of a channel begin. */
  public static String clearingOf(Channel channel) {
    return "clearing:" + channel.id() + ":";
  }

  /** The gateway, or tender, that a clearing account of a channel names, in our own word. */
  public static String gatewayOf(Channel channel, Account clearing) {
    String path = clearing.path().substring(clearingOf(channel).length());
    int currency = path.lastIndexOf(':');
    return currency < 0 ? "" : path.substring(0, currency);
  }

  /** What the orders of this channel opened, as far as it does not depend on a gateway. */
  Account clearing(Currency currency) {
    return account(CLEARING, Map.of(), currency);
  }

  /** Where a payout in this currency is on its way. */
  Account payout(Currency currency) {
    return new Account("%s:%s:%s".formatted(Roles.PAYOUT, channel.id(), currency));
  }

  private String value(String place, Map<String, String> qualifiers, Currency currency) {
    return switch (place) {
      case "channel" -> segment(channel.id());
      case "currency" -> currency.getCurrencyCode();
      case "gateway" -> gateway(qualifiers.getOrDefault("gateway", ""));
      case "tax" -> qualifiers.getOrDefault("tax", "");
      default -> segment(qualifiers.getOrDefault(place, ""));
    };
  }

  private String gateway(String word) {
    if (!channel.capturesReported()) {
      return MARKETPLACE;
    }
    String ours = channel.gateways().getOrDefault(word, word);
    return ours.isBlank() ? "unnamed" : segment(ours).replace('_', '-');
  }

  /** Vendors write anything; an account's path does not hold everything. */
  private static String segment(String value) {
    return FOREIGN.matcher(value.strip()).replaceAll("-");
  }
}
