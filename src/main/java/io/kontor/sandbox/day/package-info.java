/**
 * The sample trading day: what the shops, the marketplace and the tills of two small companies send
 * in one day, written in the vendors' own formats from nothing but a seed and a date, and a small
 * shop that sends it.
 *
 * <p>It pretends to be the outside world, so it imports nothing of Kontor but money. What is wrong
 * in it on purpose is listed in {@link io.kontor.sandbox.day.SampleDay#expectations()}.
 */
package io.kontor.sandbox.day;
