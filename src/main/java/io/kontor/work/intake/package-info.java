/**
 * Takes documents and files in: the inbox as a port, large files under claim checks, how far each
 * polled feed was read. Nothing is understood here yet.
 *
 * <p>Imports the root of {@code work} alone.
 */
package io.kontor.work.intake;
