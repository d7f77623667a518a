package io.kontor.failure;

/**
 * A named point at which a crash test stops the hub as a pulled plug would.
 *
 * <p>Armed by the system property {@code kontor.fault} holding {@code name} or {@code name:n} (the
 * n-th time the point is reached). Not armed, a point costs a comparison.
 */
public enum FaultPoint {
  AFTER_ACCEPT,
  BEFORE_DATABASE_COMMIT,
  AFTER_DATABASE_COMMIT,
  BEFORE_BROKER_ACKNOWLEDGE,
  AFTER_BROKER_ACKNOWLEDGE,
  AFTER_SENDING,
  AFTER_TARGET_APPLIED,
  AFTER_APPROVAL;

  /** What a killed process would return, so that a test can tell it from a failure. */
  public static final int EXIT_CODE = 137;

  private static final FaultPoint ARMED;
  private static int countdown;

  static {
    String[] setting = System.getProperty("kontor.fault", "").split(":", -1);
    ARMED = setting[0].isEmpty() ? null : valueOf(setting[0]);
    countdown = setting.length > 1 ? Integer.parseInt(setting[1]) : 1;
  }

  /** Halts the virtual machine here, without any shutdown, if this point is armed and due. */
  public void reached() {
    if (this == ARMED) {
      countDown();
    }
  }

  private static synchronized void countDown() {
    if (--countdown == 0) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
