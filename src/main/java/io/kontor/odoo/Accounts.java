package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The accounts of a company's chart by their codes. Safe for several threads. */
final class Accounts {

  private static final int ARCHIVED_FROM = 19;

  private final OdooClient client;
  private final Memory memory;

  Accounts(OdooClient client, LongSupplier nanos) {
    this.client = client;
    this.memory = new Memory(nanos);
  }

  void forget() {
    memory.forget();
  }

  /** The ids of those that the company posts on. */
  Map<String, Long> ids(long company, Set<String> codes) {
    return memory.all(
        company + "/",
        codes,
        missing ->
            of(missing, inUse(), Contexts.ofCompany(company)).stream()
                .collect(
                    Collectors.toMap(
                        account -> account.path("code").asText(),
                        account -> account.path("id").asLong(),
                        (one, other) -> one)));
  }

  /** Until 18 an account is deprecated, from 19 on archived; nothing is posted on either. */
  private List<List<Object>> inUse() {
    return client.major() >= ARCHIVED_FROM ? List.of() : List.of(List.of("deprecated", "=", false));
  }

  /** Those of some account codes that a company has archived, or deprecated. */
  Set<String> archived(long company, Set<String> codes) {
    Set<String> archived = new TreeSet<>();
    of(codes, List.of(), Contexts.archivedToo(Contexts.ofCompany(company)))
        .forEach(account -> archived.add(account.path("code").asText()));
    return archived;
  }

  private List<JsonNode> of(
      Set<String> codes, List<List<Object>> which, Map<String, Object> context) {
    List<List<Object>> domain = new ArrayList<>(which);
    domain.add(List.of("code", "in", codes));
    return client.searchRead("account.account", domain, List.of("code"), context);
  }
}
