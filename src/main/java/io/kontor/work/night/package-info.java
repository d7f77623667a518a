/**
 * What a clock asks for: the nights of the entities, which match again, seal, and propose batches;
 * what a hub does when it starts; and what is forgotten when its time is over.
 *
 * <p>Imports {@code batch} and {@code settlement}.
 */
package io.kontor.work.night;
