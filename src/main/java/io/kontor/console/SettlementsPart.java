package io.kontor.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.store.LineFilter;
import io.kontor.store.Settlement;
import io.kontor.words.Words;
import io.kontor.work.settlement.SettlementReports;
import io.kontor.work.settlement.Withdrawal;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Settlements: {@code /api/settlements}, one of them at {@code /api/settlements/CHANNEL/ID}, and
 * its lines at {@code …/lines?code=…&marketplace=…&orders=…} or {@code ?order=…}; the last two also
 * as pages, with {@code format=html}. One that should not have been imported goes back at {@code
 * …/withdraw}.
 */
public final class SettlementsPart implements ConsoleApi.Part {

  static final int MOST_LINES = 50_000;

  private final SettlementReports reports;
  private final Withdrawal withdrawal;

  public SettlementsPart(SettlementReports reports, Withdrawal withdrawal) {
    this.reports = reports;
    this.withdrawal = withdrawal;
  }

  @Override
  public Reply answer(Request request) {
    List<String> path = request.path();
    if (path.size() == 1) {
      return Reply.json(list());
    }
    if (request.method().equals(ApiPaths.DO)) {
      return withdraw(request);
    }
    if (path.size() == 4) {
      JsonNode lines = lines(request);
      return request.isForPage() ? LinesPage.of(request, lines) : Reply.json(lines);
    }
    ObjectNode view = SettlementViews.report(reports.report(path.get(1), path.get(2)));
    return request.isForPage() ? SettlementPage.of(view) : Reply.json(view);
  }

  private Reply withdraw(Request request) {
    request.needs("finance");
    String channel = request.path().get(1);
    String id = request.path().get(2);
    withdrawal.withdraw(channel, id, request.actor(), request.required("note"));
    return Reply.json(
        Views.object()
            .put("settlement", id)
            .put("channel", channel)
            .put("state", "withdrawn: what was booked of it is booked back"));
  }

  private JsonNode lines(Request request) {
    String channel = request.path().get(1);
    String id = request.path().get(2);
    LineFilter filter =
        new LineFilter(
            request.parameter("code"),
            Optional.ofNullable(request.query().get("marketplace")),
            request.parameter("order"),
            request
                .parameter("orders")
                .map(word -> Words.constant(LineFilter.Orders.class, "orders", word)));
    ZoneId zone = reports.zone(channel);
    return Views.list(
        reports.lines(channel, id, filter, MOST_LINES), line -> SettlementViews.line(line, zone));
  }

  /** All settlements, the newest first. */
  JsonNode list() {
    return Views.list(reports.list(), this::header);
  }

  private ObjectNode header(Settlement settlement) {
    return SettlementViews.header(settlement, reports.zone(settlement.channel()));
  }
}
