/**
 * The command line: a class for each command, which says what it is called and takes and does it as
 * a user of a hub, over its API; and the demo.
 *
 * <p>Imports the rest of {@code app}, which does not import it.
 */
package io.kontor.app.command;
