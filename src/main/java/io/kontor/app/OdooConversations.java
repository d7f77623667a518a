package io.kontor.app;

import io.kontor.odoo.AdaptiveBatch;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooClient;
import io.kontor.odoo.OdooEntries;
import io.kontor.odoo.OdooOrders;
import io.kontor.odoo.OdooPort;
import io.kontor.odoo.OdooSetup;
import io.kontor.work.delivery.ProductCreation;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A hub's conversations with its Odoo. Each connects when it is first spoken: the hub starts, and
 * takes documents in, while Odoo is away.
 */
final class OdooConversations {

  private final Settings.Odoo settings;
  private final OdooPort port;

  OdooConversations(Settings.Odoo settings, OdooPort port) {
    this.settings = settings;
    this.port = port;
  }

  Supplier<OdooOrders> orders() {
    return over(client -> new OdooOrders(client, new AdaptiveBatch(System::nanoTime)));
  }

  Supplier<OdooEntries> entries() {
    return over(client -> new OdooEntries(client, new AdaptiveBatch(System::nanoTime)));
  }

  /** Creates products that Odoo has not, where the settings say so. */
  Optional<ProductCreation> products() {
    if (!settings.createProducts()) {
      return Optional.empty();
    }
    Supplier<OdooClient> client = over(Function.identity());
    return Optional.of(new ProductCreation(plan -> new OdooSetup(client.get()).ensure(plan)));
  }

  private <T> Supplier<T> over(Function<OdooClient, T> conversation) {
    OdooAccess access = new OdooAccess(settings.db(), settings.login(), settings.apiKey().reveal());
    return new Lazy<>(() -> conversation.apply(OdooClient.connect(port, access)));
  }
}
