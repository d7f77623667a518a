package io.kontor.mapping;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.mapping.statement.StatementLayout;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place where the retailer sells: {@code mappings/channels/<id>/channel.yaml}.
 *
 * @param vendor whose documents it sends: a folder in {@code mappings/vendors}
 * @param entity the legal entity that sells there
 * @param currencies the currencies it may sell in; others are a work item
 * @param capturesReported whether the channel reports payments; a marketplace does not
 * @param refundsReported whether refunds come as facts; otherwise the settlement reports them
 * @param recognise what makes revenue: the order facts or the settlement
 * @param cutOver orders placed before this day were booked elsewhere
 * @param rules which set of posting rules books it
 * @param arrival the country ({@code de}, {@code us-ky}) where goods arrive that name no address,
 *     because they are handed over in a shop; empty where that must not be guessed
 * @param facilitatedIn the countries in which the channel collects and remits the tax itself
 * @param warehouse the Odoo code of the warehouse that serves it
 * @param interval for a POS channel: how long the receipts are that make one order in Odoo
 * @param signature how its webhooks are signed; empty if it has none
 * @param gateways what the channel calls a gateway → our word for it
 * @param settling how it settles
 * @param documents the documents that it sends, by name
 */
public record Channel(
    String id,
    String vendor,
    Kind kind,
    String entity,
    Set<Currency> currencies,
    boolean capturesReported,
    boolean refundsReported,
    Recognition recognise,
    LocalDate cutOver,
    String rules,
    Optional<String> arrival,
    Set<String> facilitatedIn,
    String warehouse,
    Duration interval,
    Optional<Signature> signature,
    Map<String, String> gateways,
    Settling settling,
    Map<String, Document> documents) {

  /**
   * The name under which every channel keeps what people write off: facts in our own words, which
   * no vendor sends.
   */
  public static final String WRITE_OFFS = "write-offs";

  public Channel {
    currencies = Set.copyOf(currencies);
    facilitatedIn = Set.copyOf(facilitatedIn);
    gateways = Map.copyOf(gateways);
    documents = Map.copyOf(documents);
  }

  /** What the codes of its statements mean, which all have one table; empty if it has none. */
  public Optional<SettlementCodes> settlementCodes() {
    return documents.values().stream()
        .filter(Document.Statement.class::isInstance)
        .map(document -> ((Document.Statement) document).codes())
        .findFirst();
  }

  /**
   * The document that it calls so.
   *
   * @throws RejectedFailure {@code unknown-document}: says which there are
   */
  public Document requireDocument(String name) {
    Document document = documents.get(name);
    if (document == null) {
      throw new RejectedFailure(
          "unknown-document",
          name,
          "channel %s has no document '%s'; it has: %s"
              .formatted(
                  id, name, String.join(", ", documents.keySet().stream().sorted().toList())));
    }
    return document;
  }

  /** What sort of place it is. */
  public enum Kind {
    WEB_STORE,
    MARKETPLACE,
    POS
  }

  /** What makes revenue. */
  public enum Recognition {
    ORDER,
    SETTLEMENT
  }

  /**
   * How a webhook is signed: HMAC-SHA-256 over the raw body, base64.
   *
   * @param header the header that holds it
   * @param secrets the names of the settings that hold the secrets; any of them may have signed, so
   *     that one can be rotated
   * @param eventId the headers that name the event, the first one present counts
   */
  public record Signature(String header, List<String> secrets, List<String> eventId) {

    public Signature {
      secrets = List.copyOf(secrets);
      eventId = List.copyOf(eventId);
    }
  }

  /** How a document is read. */
  public sealed interface Document {

    String name();

    /** JSON, or a tree made from XML, translated by jq into facts. */
    record Translated(String name, Format format, String jq, Optional<String> record)
        implements Document {}

    /**
     * A delimited statement, read line by line.
     *
     * @param layouts the ways in which it is written, at least one; they share one table of codes
     */
    record Statement(String name, List<StatementLayout> layouts) implements Document {

      public Statement {
        layouts = List.copyOf(layouts);
      }

      /** What its codes mean. */
      public SettlementCodes codes() {
        return layouts.get(0).codes();
      }
    }
  }

  /** What a translated document is written in. */
  public enum Format {
    JSON,
    /** Each element named by {@code record} becomes one JSON tree. */
    XML
  }
}
