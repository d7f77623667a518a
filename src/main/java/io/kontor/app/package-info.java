/**
 * The program: settings, wiring, the broker, HTTP with authentication, health and metrics; its
 * command line is {@code command}, its benchmarks {@code bench}.
 *
 * <p>Room 7: imports everything and is imported by nothing. Decides nothing about documents or
 * money.
 */
package io.kontor.app;
