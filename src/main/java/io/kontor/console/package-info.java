/**
 * What people and their programs see over HTTP: the desk, batches and approvals, the night, the
 * proof, the journal, as JSON.
 *
 * <p>Room 6: imports rooms 0 to 5. Decides who may ask for what and how it is shown; what is done
 * is the business of work.
 */
package io.kontor.console;
