/**
 * What vendors call things and what bookkeepers want: {@code /mappings} read into immutable tables,
 * jq translation of documents into canonical facts, JSON Schemas.
 *
 * <p>Room 2: imports rooms 0 and 1. Reads files once at start and lists every fault in every table;
 * decides nothing about money.
 */
package io.kontor.mapping;
