/**
 * Documents to canonical facts and back: the jq of their vendors and its functions, the JSON
 * Schemas, what a fact's JSON says, older versions of it, and every fault that a document can have.
 *
 * <p>The outermost folder of its room: it is given tables that were read and checked.
 */
package io.kontor.mapping.translation;
