/**
 * A small Odoo that speaks the real wire over HTTP, for the demo and for tests.
 *
 * <p>It keeps its own durable state and runs as a process of its own. It answers in both dialects
 * (JSON-2 and JSON-RPC), refuses what a real Odoo refuses, and shows the traps that were measured
 * on real servers. It can be told to fail.
 *
 * <p>What may not enter: anything of Kontor. The sandbox pretends to be someone else, so it shares
 * no code with the side that calls it. Only what Kontor uses of Odoo is here; an unknown model,
 * method or field is refused as a real server refuses it.
 */
package io.kontor.sandbox;
