/**
 * Delimited statements: their layouts, their code tables, and the one pass that makes lines of
 * them.
 *
 * <p>The innermost folder of its room: knows nothing of channels and entities, and no file but the
 * one that is read. The tables are read in {@code mapping} itself.
 */
package io.kontor.mapping.statement;
