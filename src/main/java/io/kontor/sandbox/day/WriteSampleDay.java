package io.kontor.sandbox.day;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the sample day as files, for people who want to see it. */
@Command(
    name = "write-sample-day",
    mixinStandardHelpOptions = true,
    description = "Writes a sample trading day in the vendors' own formats into a directory.")
public final class WriteSampleDay implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "DIR", description = "where to write; created if missing")
  private Path directory;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "default: 1")
  private long seed;

  @Option(
      names = "--date",
      paramLabel = "D",
      defaultValue = "2026-11-20",
      description = "the business day, default: 2026-11-20")
  private LocalDate day;

  public static void main(String[] args) {
    System.exit(new CommandLine(new WriteSampleDay()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    SampleDay sample = SampleDay.generate(seed, day);
    List<String> index = new ArrayList<>();
    index.add("channel\tdocument\tfile\tdelivery\ttopic\tevent\tnote");
    for (SampleDocument document : sample.documents()) {
      Path folder = directory.resolve(document.channel()).resolve(document.document());
      Files.createDirectories(folder);
      Files.write(folder.resolve(document.fileName()), document.body());
      index.add(row(document));
    }
    table("INDEX.tsv", index);
    table("expectations.tsv", expectations(sample));
    table("products.tsv", products(sample));
    table("sku-aliases.csv", aliases(sample));
    table("taxes.tsv", sample.taxes().stream().map(SampleTax::name).toList());
    List<String> totals = totals(sample);
    table("totals.tsv", totals);
    PrintStream out = System.out;
    out.printf("%d documents in %s%n", sample.documents().size(), directory);
    totals.forEach(out::println);
    return 0;
  }

  private void table(String name, List<String> rows) throws IOException {
    Files.write(directory.resolve(name), rows, StandardCharsets.UTF_8);
  }

  private static String row(SampleDocument document) {
    String start = String.join("\t", document.channel(), document.document(), document.fileName());
    if (document.delivery() instanceof Delivery.Webhook webhook) {
      return String.join(
          "\t", start, "webhook", webhook.topic(), webhook.eventId(), document.note());
    }
    return String.join("\t", start, "file", "", "", document.note());
  }

  private static List<String> expectations(SampleDay sample) {
    List<String> rows = new ArrayList<>(List.of("channel\tsubject\tcode\twhy"));
    sample
        .expectations()
        .forEach(e -> rows.add(String.join("\t", e.channel(), e.subject(), e.code(), e.why())));
    return List.copyOf(rows);
  }

  private static List<String> products(SampleDay sample) {
    List<String> rows = new ArrayList<>(List.of("sku\tgtin\tname\tusd\teur\tvat\tstorable"));
    for (Product product : sample.products()) {
      rows.add(
          String.join(
              "\t",
              product.sku(),
              product.gtin(),
              product.name(),
              product.usd().plain(),
              product.eur().plain(),
              Integer.toString(product.vat()),
              Boolean.toString(product.storable())));
    }
    return List.copyOf(rows);
  }

  /** What the tills call the products: the mappings' table has this form. */
  private static List<String> aliases(SampleDay sample) {
    List<String> rows = new ArrayList<>(List.of("sku,reference"));
    for (Product product : sample.products()) {
      rows.add(product.gtin() + "," + product.sku());
      rows.add("0" + product.gtin() + "," + product.sku());
    }
    return List.copyOf(rows);
  }

  private static List<String> totals(SampleDay sample) {
    List<String> rows = new ArrayList<>();
    rows.add("channel\torders\tgross\tcaptured\trefunds\trefunded\treceipts\tsales\ttax\ttendered");
    for (ControlTotals t : sample.totals()) {
      rows.add(
          String.join(
              "\t",
              t.channel(),
              Integer.toString(t.orders()),
              t.gross().toString(),
              t.captured().toString(),
              Integer.toString(t.refunds()),
              t.refunded().toString(),
              Integer.toString(t.receipts()),
              t.sales().toString(),
              t.tax().toString(),
              t.tendered().toString()));
    }
    return List.copyOf(rows);
  }
}
