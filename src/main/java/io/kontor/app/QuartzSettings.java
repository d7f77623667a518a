package io.kontor.app;

import java.util.Properties;

/** Quartz with its triggers in the shared PostgreSQL database, so that one node fires each. */
final class QuartzSettings {

  private static final String STORE = "org.quartz.jobStore.";
  private static final String SOURCE = "org.quartz.dataSource.kontor.";

  private QuartzSettings() {}

  static Properties clustered(Settings.Database database) {
    Properties quartz = new Properties();
    quartz.setProperty("org.quartz.scheduler.instanceName", "kontor");
    quartz.setProperty("org.quartz.scheduler.instanceId", "AUTO");
    quartz.setProperty("org.quartz.threadPool.threadCount", "5");
    quartz.setProperty(STORE + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    quartz.setProperty(
        STORE + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    quartz.setProperty(STORE + "tablePrefix", "quartz_");
    quartz.setProperty(STORE + "isClustered", "true");
    quartz.setProperty(STORE + "useProperties", "false");
    quartz.setProperty(STORE + "dataSource", "kontor");
    quartz.setProperty(SOURCE + "driver", "org.postgresql.Driver");
    quartz.setProperty(SOURCE + "URL", database.url());
    quartz.setProperty(SOURCE + "user", database.user());
    quartz.setProperty(SOURCE + "password", database.password().reveal());
    quartz.setProperty(SOURCE + "maxConnections", "5");
    quartz.setProperty(SOURCE + "provider", "hikaricp");
    return quartz;
  }
}
