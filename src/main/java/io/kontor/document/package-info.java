/**
 * Bytes to records, without meaning: encodings, compression, exact JSON, XML record by record,
 * delimited lines, all streaming and all bounded; and the hash by which bytes are named.
 *
 * <p>Room 1: imports rooms 0 only. Knows formats, no vendor and no retail.
 */
package io.kontor.document;
