package io.kontor.odoo;

import java.util.Objects;

/**
 * The database and who asks.
 *
 * <p>The user needs the rights to sell, to post journal entries and to read external ids ({@code
 * ir.model.data}, which Odoo gives to its "Access Rights" administrators).
 *
 * @param database the name of the database
 * @param login the user's login; only JSON-RPC asks for it
 * @param apiKey the user's API key; never printed
 */
public record OdooAccess(String database, String login, String apiKey) {

  public OdooAccess {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(login, "login");
    Objects.requireNonNull(apiKey, "apiKey");
  }

  @Override
  public String toString() {
    return login + "@" + database;
  }
}
