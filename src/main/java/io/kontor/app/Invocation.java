package io.kontor.app;

import io.kontor.app.DataDirectory.RunningHub;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * One call of a command.
 *
 * @param hub the hub that runs on the data directory; if there is none, the command opens the
 *     directory itself
 * @param json whether the output is for machines
 * @param out where the output goes
 */
public record Invocation(
    Settings settings, Optional<RunningHub> hub, boolean json, PrintWriter out) {}
