/**
 * Proves that every total agrees, each taken twice from sources that do not know each other; and
 * says what goes on in the hub.
 *
 * <p>Imports any other folder of the room; none imports it.
 */
package io.kontor.work.proof;
