package io.kontor.flow;

import com.fasterxml.jackson.core.JsonPointer;
import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.work.intake.Cursors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the polling routes call: where to read on, what a page is named, and how far was read.
 *
 * <p>A feed is read by the time of its changes. The cursor is the moment the last complete reading
 * began, and each reading reaches back a little further, because a vendor's clock and index lag;
 * what comes twice is recognised by its name.
 */
public final class Feeds {

  private static final Duration OVERLAP = Duration.ofMinutes(2);
  private static final Duration TOKEN = Duration.ofMinutes(30);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final Cursors cursors;
  private final Function<String, Optional<String>> secrets;
  private final Clock clock;

  public Feeds(Cursors cursors, Function<String, Optional<String>> secrets, Clock clock) {
    this.cursors = cursors;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** The moment that a reading begins, which becomes the cursor when it is complete. */
  public String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * Whether another access token is due.
   *
   * @param authorized since when there is one, as {@link #now} says it; null if there is none
   */
  public boolean needsToken(String authorized) {
    return authorized == null
        || authorized.isEmpty()
        || Instant.parse(authorized).plus(TOKEN).isBefore(clock.instant());
  }

  /**
   * What every page of a reading is asked by.
   *
   * @param query what is always asked
   * @param sinceParameter the parameter that says from when on
   * @param first where a feed that was never read begins, as an ISO instant
   */
  public String firstQuery(String feed, String query, String sinceParameter, String first) {
    String since =
        cursors
            .read(feed)
            .map(cursor -> Instant.parse(cursor).minus(OVERLAP).toString())
            .orElse(first);
    return query + "&" + sinceParameter + "=" + encoded(since);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** The form that exchanges a refresh token for an access token; takes the names of secrets. */
  public String refreshForm(String refreshToken, String clientId, String clientSecret) {
    return "grant_type=refresh_token&refresh_token=%s&client_id=%s&client_secret=%s"
        .formatted(
            encoded(secret(refreshToken)),
            encoded(secret(clientId)),
            encoded(secret(clientSecret)));
  }

  /**
   * The secret of that name, for a request's header.
   *
   * @throws RejectedFailure {@code no-secret}
   */
  public String secret(String name) {
    return secrets
        .apply(name)
        .orElseThrow(
            () ->
                new RejectedFailure(
                    "no-secret",
                    name,
                    "There is no secret '%1$s': set kontor.secret.%1$s and restart the hub"
                        .formatted(name)));
  }

  /**
   * Names a page.
   *
   * @param status the HTTP status it came with
   * @throws TransientFailure on 429 and 5xx
   * @throws RejectedFailure on any other status than 200
   */
  public RawDocument page(
      String channel, String document, int status, String contentType, byte[] body) {
    String name = channel + "/" + document;
    if (status == TOO_MANY || status >= SERVER_ERROR) {
      throw new TransientFailure("feed-busy", name, "The feed answers " + status);
    }
    if (status != OK) {
      throw new RejectedFailure("feed-refused", name, "The feed answers " + status);
    }
    return new RawDocument(
        channel,
        document,
        WebhookReceiver.fingerprint(body),
        clock.instant(),
        contentType == null ? "" : contentType,
        body);
  }

  /**
   * How a feed goes from page to page.
   *
   * @param pageParameter the parameter that takes the token of a page, or its number
   * @param pagePointer where a page has the token of the next one, as a JSON pointer; empty if
   *     pages have numbers
   * @param lastPageLacks the beginning of that pointer at which the last page has nothing; empty if
   *     it lacks only the token
   * @param records where a page has the list of its records, as a JSON pointer; empty if it is that
   *     list, or if a page with a token is not to be asked for it
   * @throws RejectedFailure {@code feed-shape} if one of them is no pointer, or they do not go
   *     together
   */
  public Paging paging(
      String pageParameter, String pagePointer, String lastPageLacks, String records) {
    JsonPointer list = FeedPage.pointer("records", records);
    if (pagePointer.isEmpty()) {
      return new Paging.ByNumber(pageParameter, list);
    }
    JsonPointer pointer = FeedPage.pointer("pagePointer", pagePointer);
    JsonPointer lacks = FeedPage.pointer("lastPageLacks", lastPageLacks);
    if (!(pagePointer + "/").startsWith(lastPageLacks + "/")) {
      throw new RejectedFailure(
          "feed-shape",
          "lastPageLacks",
          "lastPageLacks '%s' is not how pagePointer '%s' begins: correct one of them"
              .formatted(lastPageLacks, pagePointer));
    }
    return new Paging.ByToken(pageParameter, pointer, lacks, list);
  }

  /** The query of the first page of a reading; see {@link #firstQuery}. */
  public String firstPage(Paging paging, String firstQuery) {
    return paging.first(firstQuery);
  }

  /**
   * The query of the page after this one: the first page's, and where to go on. Amazon's API, for
   * one, demands that everything else is asked as it was.
   *
   * @param firstQuery what every page of the reading is asked by
   * @param asked the query that brought this page
   * @param before the name of the page before; null or empty if this is the first
   * @return empty if this was the last page
   * @throws RejectedFailure {@code feed-shape} if the page is not built as the route says, or is
   *     the one before: the reading would have no end
   */
  public String nextPage(
      Paging paging, RawDocument page, String firstQuery, String asked, String before) {
    if (page.id().equals(before)) {
      throw new RejectedFailure(
          "feed-shape",
          page.channel() + "/" + page.document(),
          "the feed sends the same page for '%s' as for the page before: correct pageParameter"
              .formatted(asked.substring(firstQuery.length())));
    }
    return paging.next(page, firstQuery, asked);
  }

  /** Whether a page is to be recorded, and not only the sign that there are no more. */
  public boolean isRecorded(Paging paging, RawDocument page) {
    return paging.records(page);
  }

  /** Notes that everything up to that moment has been read and is in the inbox. */
  public void done(String feed, String began) {
    cursors.advance(feed, began);
  }
}
