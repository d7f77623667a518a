package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;

/** How one generation of Odoo wants to be asked, and how it answers. */
sealed interface Dialect permits Json2Dialect, JsonRpcDialect {

  /** The server's major version, such as 19. */
  int major();

  OdooRequest write(OdooCall call);

  /**
   * The method's result, a null node where it returned nothing.
   *
   * @throws io.kontor.failure.Failure what the reply says went wrong
   */
  JsonNode read(OdooCall call, OdooReply reply);
}
