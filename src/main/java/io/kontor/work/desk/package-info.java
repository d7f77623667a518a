/**
 * The work desk: under which key trouble stands there, and what people do about it.
 *
 * <p>Imports {@code intake}: a person may read and edit the document that an item is about.
 */
package io.kontor.work.desk;
