package io.kontor.app;

import io.kontor.store.QuartzConnections;
import java.util.Properties;

/** Quartz with its triggers in the shared PostgreSQL database, so that one node fires each. */
final class QuartzSettings {

  private static final String STORE = "org.quartz.jobStore.";

  private QuartzSettings() {}

  static Properties clustered(Settings.Database database) {
    Properties quartz = new Properties();
    quartz.setProperty("org.quartz.scheduler.instanceName", "kontor");
    quartz.setProperty("org.quartz.scheduler.instanceId", "AUTO");
    quartz.setProperty("org.quartz.threadPool.threadCount", String.valueOf(QuartzConnections.MOST));
    quartz.setProperty(STORE + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    quartz.setProperty(
        STORE + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    quartz.setProperty(STORE + "tablePrefix", "quartz_");
    quartz.setProperty(STORE + "isClustered", "true");
    quartz.setProperty(STORE + "useProperties", "false");
    quartz.setProperty(
        STORE + "dataSource",
        QuartzConnections.open(database.url(), database.user(), database.password().reveal()));
    return quartz;
  }
}
