/**
 * The program: settings, wiring, the broker, HTTP with authentication, health, metrics, and the
 * command line.
 *
 * <p>Room 7: imports everything and is imported by nothing. Decides nothing about documents or
 * money.
 */
package io.kontor.app;
