package io.kontor.odoo;

/**
 * The one way out of this room: carries a request to the Odoo server and brings the reply back.
 *
 * <p>Any HTTP status is a reply. An implementation throws {@link
 * io.kontor.failure.TransientFailure} when the request was certainly not carried out (refused
 * connection, its own throttle or circuit breaker; a 429 or 503 may be thrown or returned), and
 * {@link io.kontor.failure.InDoubtFailure} when it may have been (time-out, connection broken after
 * sending). Nothing else comes out of it.
 */
@FunctionalInterface
public interface OdooPort {

  OdooReply send(OdooRequest request);
}
