/**
 * The benchmarks: each measures the product beside a bare loop that does the least which the same
 * promise needs, in one process, in rounds that take turns, so that a noisy machine is noisy for
 * both. Part of the room {@code app}; knows nothing of the command line.
 */
package io.kontor.app.bench;
