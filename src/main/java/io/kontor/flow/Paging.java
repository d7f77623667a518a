package io.kontor.flow;

import com.fasterxml.jackson.core.JsonPointer;
import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How a feed goes from page to page. What a page lacks is not taken for the end of the feed unless
 * its route says so: the cursor would pass over everything that the other pages hold.
 */
public sealed interface Paging {

  /** The query of the first page, made of what every page is asked by. */
  String first(String query);

  /**
   * The query of the page after one.
   *
   * @param query what every page is asked by
   * @param asked the query that brought this page
   * @return empty if this was the last page
   * @throws RejectedFailure {@code feed-shape} if the page is not built as the route says, {@code
   *     feed-not-json} if it is not JSON
   */
  String next(RawDocument page, String query, String asked);

  /**
   * Whether a page is to be recorded, and not only the sign that there are no more.
   *
   * @throws RejectedFailure as {@link #next}
   */
  boolean records(RawDocument page);

  /**
   * Each page names the next one by a token, and the last page none.
   *
   * @param parameter takes the token
   * @param pointer where the token stands
   * @param lastPageLacks what of the pointer the last page does without; the empty pointer if no
   *     more than the token
   * @param list where the list of records stands, which every page has then; the empty pointer if
   *     nobody said
   */
  record ByToken(String parameter, JsonPointer pointer, JsonPointer lastPageLacks, JsonPointer list)
      implements Paging {

    @Override
    public String first(String query) {
      return query;
    }

    @Override
    public String next(RawDocument raw, String query, String asked) {
      FeedPage page = FeedPage.read(raw);
      if (!list.matches()) {
        page.hasRecords(list);
      }
      if (!page.canHave(pointer) && !isLast(page)) {
        throw page.shape(
            ("nothing in the page can hold what pagePointer '%s' looks for, so nobody can tell whether"
                    + " there are more pages: correct pagePointer, or say in lastPageLacks what of it"
                    + " the last page does without")
                .formatted(pointer));
      }
      String token = page.text(pointer);
      if (token.isEmpty()) {
        return "";
      }
      String next = query + with(parameter, URLEncoder.encode(token, StandardCharsets.UTF_8));
      if (next.equals(asked)) {
        throw page.shape(
            "the page names itself as the next one: is '%s' what the feed takes the token by?"
                .formatted(parameter));
      }
      return next;
    }

    private boolean isLast(FeedPage page) {
      return !lastPageLacks.matches() && !page.has(lastPageLacks);
    }

    @Override
    public boolean records(RawDocument page) {
      return true;
    }
  }

  /**
   * Pages have numbers from 1 on, and the first one without records is behind the last.
   *
   * @param parameter takes the number
   * @param list where the list of records stands; the empty pointer if a page is that list
   */
  record ByNumber(String parameter, JsonPointer list) implements Paging {

    @Override
    public String first(String query) {
      return query + with(parameter, "1");
    }

    @Override
    public String next(RawDocument page, String query, String asked) {
      int number = Integer.parseInt(asked.substring(asked.lastIndexOf('=') + 1));
      return records(page) ? query + with(parameter, String.valueOf(number + 1)) : "";
    }

    @Override
    public boolean records(RawDocument page) {
      return FeedPage.read(page).hasRecords(list);
    }
  }

  private static String with(String parameter, String value) {
    return "&" + parameter + "=" + value;
  }
}
