/**
 * How the constants of our enumerations are written outside of Java.
 *
 * <p>Room 0: imports nothing of Kontor. What a word means is the business of the enumeration.
 */
package io.kontor.words;
