package io.kontor.odoo;

import io.kontor.failure.UnmappedFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Countries and states by their ISO codes. */
final class Countries {

  private final OdooClient client;
  private final Memory memory = new Memory(System::nanoTime);

  Countries(OdooClient client) {
    this.client = client;
  }

  /**
   * Ids of countries ({@code US}) and states ({@code US/MA}); what Odoo does not know is absent.
   */
  Map<String, Long> ids(Set<String> codes) {
    return memory.all(
        "",
        codes,
        missing -> {
          Map<String, Long> found = new HashMap<>();
          Set<String> countries =
              missing.stream().filter(code -> !code.contains("/")).collect(Collectors.toSet());
          if (!countries.isEmpty()) {
            client
                .searchRead(
                    "res.country",
                    List.of(List.of("code", "in", countries)),
                    List.of("code"),
                    Contexts.QUIET)
                .forEach(c -> found.put(c.path("code").asText(), c.path("id").asLong()));
          }
          missing.stream().filter(code -> code.contains("/")).forEach(code -> state(code, found));
          return found;
        });
  }

  /**
   * The id of a country.
   *
   * @throws UnmappedFailure if Odoo does not know it
   */
  long country(String code) {
    Long id = ids(Set.of(code)).get(code);
    if (id == null) {
      throw new UnmappedFailure("unknown-country", code, "Odoo does not know the country " + code);
    }
    return id;
  }

  private void state(String code, Map<String, Long> found) {
    int slash = code.indexOf('/');
    client
        .searchRead(
            "res.country.state",
            List.of(
                List.of("country_id.code", "=", code.substring(0, slash)),
                List.of("code", "=", code.substring(slash + 1))),
            List.of("id"),
            Contexts.QUIET)
        .forEach(state -> found.put(code, state.path("id").asLong()));
  }
}
