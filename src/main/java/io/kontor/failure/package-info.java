/**
 * The ways in which work can fail, each with a code and the thing it failed on, and the points at
 * which tests make a hub fail.
 *
 * <p>Room 0: imports nothing of Kontor. What is done about a failure (retry, desk, look-up) is
 * decided elsewhere.
 */
package io.kontor.failure;
