/**
 * Carries what follows from recorded facts to where it belongs: which deliveries there are, what
 * they hold, and what became of each try. A retry is decided by {@link
 * io.kontor.work.delivery.DeliveryPolicy} and {@link io.kontor.work.delivery.DeliveryBook}.
 *
 * <p>Imports {@code desk}: what cannot be delivered ends there.
 */
package io.kontor.work.delivery;
