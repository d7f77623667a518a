package io.kontor.work.night;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** How far the nights are that run on this node. Thread-safe. */
public final class NightProgress {

  private final Map<String, Step> running = new ConcurrentSkipListMap<>();

  /**
   * Where a night is.
   *
   * @param what is being done, in words
   * @param done how many of its steps are done
   * @param steps how many there are, as far as is known
   */
  public record Step(String entity, LocalDate date, String what, int done, int steps) {}

  void at(Step step) {
    running.put(step.entity(), step);
  }

  void over(String entity) {
    running.remove(entity);
  }

  public List<Step> running() {
    return List.copyOf(running.values());
  }
}
