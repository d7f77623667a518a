package io.kontor.mapping;

import io.kontor.mapping.statement.FeeTax;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the tables that say what the codes of settlements mean. */
final class CodeTables {

  /** A channel's own rows lie beside its {@code channel.yaml}. */
  static final String OF_CHANNEL = "settlement-codes.csv";

  private final MappingFiles files;
  private final TableFaults faults;

  CodeTables(MappingFiles files, TableFaults faults) {
    this.files = files;
    this.faults = faults;
  }

  /** A vendor's table: {@code vendors/<vendor>/<document>-codes.csv}. */
  SettlementCodes ofVendor(String file) {
    List<SettlementCode> codes = new ArrayList<>();
    for (MappingFiles.Row row : rows(file)) {
      code(row).ifPresent(codes::add);
    }
    try {
      return SettlementCodes.of(codes);
    } catch (IllegalArgumentException e) {
      faults.add(file, e.getMessage());
      return SettlementCodes.of(List.of());
    }
  }

  /**
   * The codes of a vendor as a channel has them: a row of its own table either says anew what codes
   * mean, or, where it names neither nature nor role, only how their fees are taxed.
   */
  SettlementCodes ofChannel(String channel, SettlementCodes vendors) {
    String file = "channels/" + channel + "/" + OF_CHANNEL;
    if (!files.has(file)) {
      return vendors;
    }
    List<SettlementCode> codes = new ArrayList<>();
    List<SettlementCode> taxes = new ArrayList<>();
    for (MappingFiles.Row row : rows(file)) {
      if (row.get("nature").isEmpty() && row.get("role").isEmpty()) {
        tax(row).map(tax -> code(row, SettlementCode.Nature.FEE, tax)).ifPresent(taxes::add);
      } else {
        code(row).ifPresent(codes::add);
      }
    }
    try {
      return vendors.overriddenBy(codes, taxes);
    } catch (IllegalArgumentException e) {
      faults.add(file, e.getMessage());
      return vendors;
    }
  }

  private List<MappingFiles.Row> rows(String file) {
    return files.csv(file, List.of("code", "nature", "role"), List.of("marketplace", "tax"));
  }

  private Optional<SettlementCode> code(MappingFiles.Row row) {
    Optional<FeeTax> tax = tax(row);
    Optional<SettlementCode.Nature> nature = nature(row);
    boolean kontors = RulesReader.OF_OTHER_CURRENCIES.contains(row.get("role").split(":", 2)[0]);
    if (kontors) {
      faults.add(
          row.place(),
          "'%s' is no role of a code: Kontor books there itself what other currencies come to; name one of your own, with a row in the chart"
              .formatted(row.get("role")));
    }
    return nature.isPresent() && tax.isPresent() && !kontors
        ? Optional.of(code(row, nature.get(), tax.get()))
        : Optional.empty();
  }

  private static SettlementCode code(
      MappingFiles.Row row, SettlementCode.Nature nature, FeeTax tax) {
    return new SettlementCode(
        row.get("code"), row.get("marketplace"), nature, row.get("role"), tax);
  }

  private Optional<SettlementCode.Nature> nature(MappingFiles.Row row) {
    try {
      return Optional.of(SettlementCode.Nature.of(row.get("nature")));
    } catch (IllegalArgumentException e) {
      faults.add(row.place(), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<FeeTax> tax(MappingFiles.Row row) {
    try {
      return Optional.of(FeeTax.of(row.get("tax")));
    } catch (IllegalArgumentException e) {
      faults.add(row.place(), e.getMessage());
      return Optional.empty();
    }
  }
}
