package io.kontor.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.console.BookRows;
import io.kontor.console.Columns;
import io.kontor.console.TieOutSummary;
import java.io.PrintWriter;

/** The proof as a controller reads it in a terminal: breaks first. */
public final class TieOutText {

  private TieOutText() {}

  public static void print(PrintWriter out, JsonNode proof) {
    JsonNode breaks = proof.path("breaks");
    out.println("BREAKS" + (breaks.isEmpty() ? "  none" : ""));
    breaks.forEach(what -> out.println("  ! " + what.asText()));
    TieOutSummary.open(proof).forEach(what -> out.println("  … " + what));
    out.println();
    out.println("CLEARING  " + TieOutSummary.EXPECTED);
    TextTable.print(out, proof.path("clearing"), Columns.CLEARING.names());
    out.println();
    out.println("OPEN  what orders were charged and no statement has settled; lines in suspense");
    TextTable.print(out, proof.path("clearing"), Columns.OPEN.names());
    out.println();
    out.println("SETTLEMENTS");
    TextTable.print(
        out,
        proof.path("settlements"),
        "channel",
        "settlement",
        "from",
        "to",
        "lines",
        "currency",
        "header",
        "sum",
        "entry");
    out.println();
    out.println("BOOKS  " + TieOutSummary.BOOKS);
    BookRows books = BookRows.of(proof);
    TextTable.print(out, books.rows(), books.names());
    out.println();
    out.println("TAX");
    TextTable.print(out, proof.path("tax"), Columns.TAX.names());
    out.println();
    out.println("DOCUMENTS");
    TextTable.print(out, proof.path("documents"), Columns.DOCUMENTS.names());
    out.flush();
  }

  /** The last line, where who reads a long proof has ended. */
  static void verdict(PrintWriter out, boolean agrees) {
    out.println();
    out.println(
        agrees ? "Everything agrees, to the cent." : "Something does not agree: see above.");
    out.flush();
  }
}
