/**
 * Posting batches: what is in one, why it waits, who approved it, how it reaches each set of books,
 * which periods are closed, and what would take it back.
 *
 * <p>Imports {@code delivery}: an approved batch is delivered.
 */
package io.kontor.work.batch;
