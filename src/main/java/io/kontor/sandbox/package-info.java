/**
 * A small Odoo that speaks the real wire over HTTP, for the demo and for tests.
 *
 * <p>It keeps its own durable state and runs as a process of its own. It answers in both dialects
 * (JSON-2 and JSON-RPC), refuses what a real Odoo refuses, and shows the traps that were measured
 * on real servers. It can be told to fail.
 *
 * <p>To be read in this order, from the wire inwards:
 *
 * <ol>
 *   <li>The server: {@link io.kontor.sandbox.SandboxOdoo}, {@code Gateway}, {@code Json2Endpoint},
 *       {@code JsonRpcEndpoint}; what tests ask of it ({@code Control}, {@code Faults}).
 *   <li>One call: {@code Odoo} runs it as a transaction, {@code Dispatch} binds it to a method,
 *       {@code Env} is what it sees, {@code OdooFault} how it is refused.
 *   <li>Records: {@code Schema}, {@code Model}, {@code Field}; {@code Records} keeps each as a
 *       {@code Row}; {@code Seed} is what is there at first.
 *   <li>The methods of every model ({@code RecordMethods}): {@code Search} with {@code Domain},
 *       {@code Reader}, {@code Writer}, {@code Grouping}, and {@code LoadImport} with all {@code
 *       Import…}.
 *   <li>What one model has of its own: {@code Rules}, and {@code Behaviour}, which says whose are
 *       whose: sales ({@code SaleOrders}), goods ({@code Pickings}, {@code Quants}), accounts
 *       ({@code AccountMoves}, {@code Taxes}) and the small ones.
 * </ol>
 *
 * <p>What may not enter: anything of Kontor. The sandbox pretends to be someone else, so it shares
 * no code with the side that calls it. Only what Kontor uses of Odoo is here; an unknown model,
 * method or field is refused as a real server refuses it.
 */
package io.kontor.sandbox;
