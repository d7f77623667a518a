/**
 * How an accountant's system writes it: journals and posting batches as hledger text, as CSV, and
 * as lines by account code.
 *
 * <p>Room 3: imports rooms 0 to 2. Pure: text and records come out, nobody is called and no file is
 * written here.
 */
package io.kontor.books;
