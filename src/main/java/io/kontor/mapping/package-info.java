/**
 * What vendors call things and what bookkeepers want: {@code /mappings} read into immutable tables.
 * {@code statement} reads delimited statements by them, {@code translation} makes canonical facts
 * of documents.
 *
 * <p>Room 2: imports rooms 0 and 1. Reads files once at start and lists every fault in every table;
 * decides nothing about money.
 */
package io.kontor.mapping;
