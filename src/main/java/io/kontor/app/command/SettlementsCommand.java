package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.HubClient;
import io.kontor.console.Columns;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists settlements, shows one, or prints the lines behind a figure of it. */
@Command(
    name = "settlements",
    description = {
      "Lists settlements; or shows one: what was sold, what was taken and for what, what arrived,",
      "how its orders came out and what is to be looked at; or the lines behind a figure of it.",
      "One that should not have been imported is withdrawn: what was booked of it is booked back."
    },
    mixinStandardHelpOptions = true)
final class SettlementsCommand extends Subcommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CHANNEL",
      description = "The channel; with the settlement's id.")
  private String channel;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The settlement's id.")
  private String id;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes the settlement as a page to print.")
  private Path html;

  @Option(names = "--code", description = "Its lines of this code.")
  private String code;

  @Option(names = "--order", description = "Its lines of this order.")
  private String order;

  @Option(
      names = "--withdraw",
      description = "Takes it back: it is of another channel, or came under a second number.")
  private boolean withdraw;

  @Option(names = "--note", description = "Why, for --withdraw.")
  private String note;

  SettlementsCommand(Kontor kontor) {
    super(kontor);
  }

  @Override
  void check() {
    if ((channel == null) != (id == null)) {
      throw wrong("Name the channel and the settlement, or neither");
    }
    if (wantsLines() && (channel == null || html != null)) {
      throw wrong("--code and --order print lines of a settlement: name it, and leave out --html");
    }
    checkWithdrawal();
  }

  private void checkWithdrawal() {
    if (withdraw && (channel == null || wantsLines() || html != null)) {
      throw wrong("--withdraw takes a settlement back: name its channel and its id, and no more");
    }
    if (withdraw != (note != null)) {
      throw wrong("--withdraw and --note go together: say why, for those who ask later");
    }
  }

  private boolean wantsLines() {
    return code != null || order != null;
  }

  @Override
  int run(Invocation invocation) throws Exception {
    try (HubSession hub = withdraw ? open(invocation) : ask(invocation)) {
      if (channel == null) {
        return list(invocation, hub.client());
      }
      if (withdraw) {
        return withdraw(invocation, hub);
      }
      return wantsLines() ? lines(invocation, hub.client()) : show(invocation, hub.client());
    }
  }

  private static int list(Invocation invocation, HubClient hub) throws Exception {
    JsonNode list = hub.get("settlements", Map.of());
    return invocation.print(list, () -> SettlementText.list(invocation.out(), list));
  }

  private int show(Invocation invocation, HubClient hub) throws Exception {
    JsonNode one = hub.get(path(), Map.of());
    if (html != null) {
      Files.writeString(html, hub.text(path(), Map.of("format", "html")));
    }
    return invocation.print(one, () -> SettlementText.print(invocation.out(), one));
  }

  private int withdraw(Invocation invocation, HubSession hub) throws Exception {
    JsonNode answer = hub.client().post(path() + "/withdraw", HubClient.body().put("note", note));
    hub.settleDown((inbox, deliveries) -> {});
    return invocation.print(answer, () -> TextTable.printFields(invocation.out(), answer));
  }

  private int lines(Invocation invocation, HubClient hub) throws Exception {
    Map<String, String> query = new LinkedHashMap<>();
    if (code != null) {
      query.put("code", code);
    }
    if (order != null) {
      query.put("order", order);
    }
    JsonNode lines = hub.get(path() + "/lines", query);
    return invocation.print(
        lines, () -> TextTable.print(invocation.out(), lines, Columns.LINES.names()));
  }

  private String path() {
    return "settlements/%s/%s"
        .formatted(
            URLEncoder.encode(channel, StandardCharsets.UTF_8),
            URLEncoder.encode(id, StandardCharsets.UTF_8));
  }
}
