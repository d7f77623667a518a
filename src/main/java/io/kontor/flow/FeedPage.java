package io.kontor.flow;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import java.io.IOException;

/**
 * A page of a feed, as far as the way to the next one is concerned.
 *
 * @param feed the channel and the document. A page that is not built as its route says is a fault
 *     of the feed: each reading would make an item of its own of the page's name
 */
record FeedPage(String feed, JsonNode tree) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SHAPE = "feed-shape";

  /**
   * @throws RejectedFailure {@code feed-not-json}
   */
  static FeedPage read(RawDocument page) {
    try {
      return new FeedPage(page.channel() + "/" + page.document(), JSON.readTree(page.body()));
    } catch (IOException e) {
      throw new RejectedFailure("feed-not-json", page.id(), "The page is not JSON: " + e, e);
    }
  }

  /**
   * A JSON pointer of a route.
   *
   * @param parameter what the route calls it
   * @throws RejectedFailure {@code feed-shape} if it is none
   */
  static JsonPointer pointer(String parameter, String pointer) {
    try {
      return JsonPointer.compile(pointer);
    } catch (IllegalArgumentException e) {
      throw new RejectedFailure(
          SHAPE,
          parameter,
          "%s '%s' is not a JSON pointer, such as /pagination/nextToken: correct it"
              .formatted(parameter, pointer),
          e);
    }
  }

  boolean has(JsonPointer pointer) {
    return !tree.at(pointer).isMissingNode();
  }

  /** The text there; empty where there is nothing. */
  String text(JsonPointer pointer) {
    return tree.at(pointer).asText("");
  }

  /** Whether something can stand there: what would hold it is there, and may hold nothing. */
  boolean canHave(JsonPointer pointer) {
    JsonNode parent = tree.at(pointer.head());
    return parent.isObject()
        || parent.isNull()
        || (parent.isArray() && pointer.last().mayMatchElement());
  }

  /**
   * Whether the page has records.
   *
   * @param records where their list stands; the empty pointer if the page is that list
   * @throws RejectedFailure {@code feed-shape} if no list is there
   */
  boolean hasRecords(JsonPointer records) {
    JsonNode list = tree.at(records);
    if (!list.isArray()) {
      throw shape(
          "the page %s: say in the parameter records where its list of records stands"
              .formatted(records.matches() ? "is not a list" : "has no list at '" + records + "'"));
    }
    return !list.isEmpty();
  }

  RejectedFailure shape(String why) {
    return new RejectedFailure(SHAPE, feed, why);
  }
}
