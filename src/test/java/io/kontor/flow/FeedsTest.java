package io.kontor.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.work.intake.Cursors;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a page says of the next one, and what is not believed. */
class FeedsTest {

  private static final String QUERY = "shop=1&since=x";
  private final Feeds feeds =
      new Feeds(new NoCursors(), name -> Optional.empty(), Clock.systemUTC());

  /** As poll-amazon-orders reads the API of 2026-01-01. */
  private final Paging amazon =
      feeds.paging("paginationToken", "/pagination/nextToken", "/pagination", "/orders");

  /** As a route would read the API of version 0. */
  private final Paging amazonBefore =
      feeds.paging("NextToken", "/payload/NextToken", "", "/payload/Orders");

  private final Paging numbered = feeds.paging("page", "", "", "");

  @Test
  void a_page_with_a_token_is_followed_by_another_and_one_without_is_the_last() {
    assertThat(feeds.firstPage(amazon, QUERY)).isEqualTo(QUERY);
    assertThat(next(amazon, "{\"orders\":[1],\"pagination\":{\"nextToken\":\"t/1=\"}}"))
        .isEqualTo(QUERY + "&paginationToken=t%2F1%3D");
    assertThat(next(amazon, "{\"orders\":[1]}")).isEmpty();
    assertThat(next(amazon, "{\"orders\":[],\"pagination\":{}}")).isEmpty();
    assertThat(next(amazon, "{\"orders\":[],\"pagination\":null}")).isEmpty();

    assertThat(next(amazonBefore, "{\"payload\":{\"Orders\":[1],\"NextToken\":\"t2\"}}"))
        .isEqualTo(QUERY + "&NextToken=t2");
    assertThat(next(amazonBefore, "{\"payload\":{\"Orders\":[1]}}")).isEmpty();
    assertThat(feeds.isRecorded(amazon, page("{\"orders\":[]}"))).isTrue();
  }

  @Test
  void a_page_that_cannot_hold_the_token_is_not_taken_for_the_last() {
    Paging mistyped = feeds.paging("next", "/paginaton/nextToken", "", "");
    shape(
        mistyped,
        "{\"orders\":[1],\"pagination\":{\"nextToken\":\"t\"}}",
        "pagePointer '/paginaton/nextToken'",
        "correct pagePointer, or say in lastPageLacks");
    shape(feeds.paging("next", "/next", "", ""), "[{\"id\":1}]", "pagePointer '/next'");
    shape(amazonBefore, "{\"errors\":[]}", "no list at '/payload/Orders'");
    shape(amazon, "{\"payload\":{\"Orders\":[1],\"NextToken\":\"t\"}}", "no list at '/orders'");
    shape(amazon, "", "no list at '/orders'");
  }

  @Test
  void pages_are_counted_from_one_until_one_has_no_records() {
    String first = feeds.firstPage(numbered, QUERY);
    assertThat(first).isEqualTo(QUERY + "&page=1");
    assertThat(feeds.nextPage(numbered, page("[1]"), QUERY, first, null))
        .isEqualTo(QUERY + "&page=2");
    assertThat(feeds.nextPage(numbered, page("[2]"), QUERY, QUERY + "&page=9", ""))
        .isEqualTo(QUERY + "&page=10");
    assertThat(feeds.nextPage(numbered, page("[]"), QUERY, QUERY + "&page=10", "")).isEmpty();
    assertThat(feeds.isRecorded(numbered, page("[1]"))).isTrue();
    assertThat(feeds.isRecorded(numbered, page("[]"))).isFalse();

    Paging within = feeds.paging("page", "", "", "/data/orders");
    assertThat(feeds.nextPage(within, page("{\"data\":{\"orders\":[]}}"), QUERY, first, ""))
        .isEmpty();
  }

  @Test
  void a_numbered_page_without_a_list_is_not_taken_for_the_last() {
    shape(numbered, "{\"orders\":[]}", "the page is not a list", "in the parameter records");
    shape(feeds.paging("page", "", "", "/data"), "[]", "the page has no list at '/data'");
  }

  @Test
  void a_feed_that_sends_the_same_page_for_ever_is_not_read_for_ever() {
    RawDocument page = page("[1]");
    assertThatThrownBy(() -> feeds.nextPage(numbered, page, QUERY, QUERY + "&page=2", page.id()))
        .isInstanceOf(RejectedFailure.class)
        .hasMessageContaining("the same page for '&page=2'")
        .hasMessageContaining("correct pageParameter");

    String same = "{\"orders\":[1],\"pagination\":{\"nextToken\":\"t\"}}";
    assertThatThrownBy(
            () -> feeds.nextPage(amazon, page(same), QUERY, QUERY + "&paginationToken=t", "x"))
        .hasMessageContaining("names itself as the next one")
        .hasMessageContaining("'paginationToken'");
  }

  @Test
  void parameters_that_are_no_pointers_or_do_not_go_together_are_named() {
    assertThatThrownBy(() -> feeds.paging("next", "pagination/nextToken", "", ""))
        .hasMessageContaining("pagePointer 'pagination/nextToken' is not a JSON pointer");
    assertThatThrownBy(() -> feeds.paging("next", "/a/next", "/b", ""))
        .hasMessageContaining("lastPageLacks '/b' is not how pagePointer '/a/next' begins");
  }

  private String next(Paging paging, String body) {
    return feeds.nextPage(paging, page(body), QUERY, feeds.firstPage(paging, QUERY), null);
  }

  private void shape(Paging paging, String body, String... parts) {
    assertThatThrownBy(() -> next(paging, body))
        .isInstanceOfSatisfying(
            RejectedFailure.class,
            e -> {
              assertThat(e.code()).isEqualTo("feed-shape");
              assertThat(e.reference()).as("one item for the feed").isEqualTo("shop/orders");
            })
        .hasMessageContainingAll(parts);
  }

  private RawDocument page(String body) {
    return feeds.page("shop", "orders", 200, "application/json", body.getBytes(UTF_8));
  }

  private static final class NoCursors implements Cursors {

    @Override
    public Optional<String> read(String feed) {
      return Optional.empty();
    }

    @Override
    public void advance(String feed, String cursor) {
      throw new AssertionError("nothing was read to the end");
    }
  }
}
