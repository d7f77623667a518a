package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What Odoo's exceptions and HTTP statuses mean to Kontor. */
final class Faults {

  /** PostgreSQL gave way to another transaction, or has no connection left: nothing was written. */
  private static final Set<String> BUSY =
      Set.of(
          "psycopg2.errors.SerializationFailure",
          "psycopg2.errors.DeadlockDetected",
          "psycopg2.errors.LockNotAvailable",
          "psycopg2.errors.AdminShutdown",
          "psycopg2.OperationalError",
          "psycopg2.InterfaceError",
          "psycopg2.pool.PoolError",
          "odoo.sql_db.PoolError");

  /** How PostgreSQL says so, in the language of its server, whatever that of Odoo's user is. */
  private static final Set<String> CONTENTION =
      Set.of(
          "could not serialize access",
          "deadlock detected",
          "could not obtain lock",
          // German
          "konnte zugriff nicht serialisieren",
          "kann zugriff nicht serialisieren",
          "verklemmung entdeckt",
          "verklemmung (deadlock) entdeckt",
          "konnte sperre für ",
          // French
          "n'a pas pu sérialiser un accès",
          "deadlock détecté",
          "(deadlock) détecté",
          "n'a pas pu obtenir un verrou",
          // Spanish
          "no se pudo serializar el acceso",
          "se ha detectado un deadlock",
          "no se pudo bloquear un candado",
          // Italian
          "serializzazione dell'accesso fallita",
          "rilevato deadlock",
          "lock di riga nella relazione");

  private static final Set<String> DENIED =
      Set.of(
          "odoo.exceptions.AccessDenied",
          "odoo.exceptions.AccessError",
          "werkzeug.exceptions.Unauthorized",
          "werkzeug.exceptions.Forbidden");

  private static final Set<String> REFUSED =
      Set.of(
          "odoo.exceptions.UserError",
          "odoo.exceptions.ValidationError",
          "odoo.exceptions.RedirectWarning");

  private Faults() {}

  /**
   * Whether a message says that two transactions met: the loser is rolled back and may try again.
   */
  static boolean isContention(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return CONTENTION.stream().anyMatch(text::contains);
  }

  /** The failure behind an exception that Odoo names. */
  static Failure ofException(OdooCall call, String name, String message) {
    String text = "Odoo: %s (%s, %s)".formatted(message.strip(), call.name(), name);
    if (message.contains("database \"") && message.contains("does not exist")) {
      return new RejectedFailure("odoo-unknown-database", call.name(), text);
    }
    if (BUSY.contains(name) || isContention(message)) {
      return new TransientFailure("odoo-busy", call.name(), text);
    }
    if (DENIED.contains(name)) {
      return new RejectedFailure("odoo-access-denied", call.name(), text);
    }
    if (REFUSED.contains(name)) {
      // People read this one on the desk: Odoo's own sentence, without our trimmings.
      return new RejectedFailure("odoo-refused", call.name(), message.strip());
    }
    if (name.equals("odoo.exceptions.MissingError")) {
      return new RejectedFailure("odoo-missing-record", call.name(), text);
    }
    return new RejectedFailure("odoo-error", call.name(), text);
  }

  /** The failure behind a page that says 200: of maintenance, or of whoever stands before Odoo. */
  static Failure notOdoo(OdooCall call) {
    String text =
        "what answered %s is a page and not Odoo: is it under maintenance?".formatted(call.name());
    return call.isRead()
        ? new TransientFailure("odoo-unavailable", call.name(), text)
        : new InDoubtFailure("odoo-no-answer", call.name(), text);
  }

  /** The failure behind a status whose body is not one of Odoo's own error documents. */
  static Failure ofStatus(OdooCall call, OdooReply reply) {
    int status = reply.status();
    String text = "Odoo answered %d to %s".formatted(status, call.name());
    if (status == 429 || status == 503) {
      return retryAfter(reply)
          .map(wait -> new TransientFailure("odoo-busy", call.name(), text, wait))
          .orElseGet(() -> new TransientFailure("odoo-busy", call.name(), text));
    }
    if (status >= 500) {
      // A proxy that lost the worker (502, 504) cannot say whether the transaction was committed.
      return call.isRead()
          ? new TransientFailure("odoo-unavailable", call.name(), text)
          : new InDoubtFailure("odoo-no-answer", call.name(), text);
    }
    if (status >= 300 && status < 400) {
      // Nobody follows a redirect with a write; what stands before Odoo may be under maintenance.
      return new TransientFailure(
          "odoo-redirects",
          call.name(),
          "%s: it points to %s; if it always does, kontor.odoo.url is to name that address"
              .formatted(text, reply.header("Location").orElse("nowhere")));
    }
    if (status == 401 || status == 403) {
      return new RejectedFailure("odoo-access-denied", call.name(), text);
    }
    if (status == 404) {
      return new RejectedFailure(
          "odoo-unknown-database", call.name(), text + ": no such database, or not Odoo's address");
    }
    return new RejectedFailure("odoo-error", call.name(), text);
  }

  private static Optional<Duration> retryAfter(OdooReply reply) {
    return reply
        .header("Retry-After")
        .map(String::strip)
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }
}
