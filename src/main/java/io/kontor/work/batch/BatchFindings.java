package io.kontor.work.batch;

import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import java.util.List;

/**
 * What is known of the orders and settlements of a batch and wants a look before it is approved.
 */
@FunctionalInterface
public interface BatchFindings {

  /** Each finding in words: a variance, a code that no table knows, an order that nobody sent. */
  List<String> of(Tx tx, PostingBatch batch);
}
