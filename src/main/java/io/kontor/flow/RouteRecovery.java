package io.kontor.flow;

import io.kontor.work.desk.Refusals;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Takes off the desk what a route failed on once it gets through: for routes that a clock starts,
 * which do the same work each time. What others failed on was one file or one request, and the next
 * one says nothing of it.
 */
public final class RouteRecovery implements RoutePolicyFactory {

  private final Refusals refusals;

  public RouteRecovery(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return isStartedByClock((RouteDefinition) route) ? new Recovery(refusals) : null;
  }

  private static boolean isStartedByClock(RouteDefinition route) {
    String from = route.getInput().getEndpointUri();
    return from.startsWith("timer:") || from.startsWith("quartz:");
  }

  private static final class Recovery extends RoutePolicySupport {
    private final Refusals refusals;

    Recovery(Refusals refusals) {
      this.refusals = refusals;
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
      // A failure that the desk took is handled, and still there.
      if (exchange.getException() == null
          && exchange.getProperty(Exchange.EXCEPTION_CAUGHT) == null) {
        refusals.wentWell(route.getRouteId());
      }
    }
  }
}
