package io.kontor.app;

import io.kontor.flow.Deliveries;
import io.kontor.flow.DeliveryTickets;
import io.kontor.flow.DeskIntake;
import io.kontor.flow.Feeds;
import io.kontor.flow.FileImports;
import io.kontor.flow.InboxComponent;
import io.kontor.flow.OdooAnswers;
import io.kontor.flow.OdooOverCamel;
import io.kontor.flow.RouteRecovery;
import io.kontor.flow.UnmovedFiles;
import io.kontor.flow.WebhookAnswers;
import io.kontor.flow.WebhookReceiver;
import io.kontor.mapping.Entity;
import io.kontor.odoo.OdooPort;
import io.kontor.work.intake.Inbox;
import io.kontor.work.night.NightCalendar;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.activemq.ActiveMQComponent;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;

/** Camel as the hub runs it: its settings, components, beans and routes. */
public final class HubCamel {

  /** Of which the hub makes a route for each entity. */
  static final String NIGHT_TEMPLATE = "run-nightly";

  private static final int REMEMBERED = 10_000;

  /**
   * The routes that act by themselves, which are all but those that answer people and ask Odoo.
   * Camel holds it against the addresses of routes too, which none of these two may fit.
   */
  private static final String ACTING = "^(?!serve-api$|call-odoo$|platform-http:|direct:).*$";

  private final DefaultCamelContext context;
  private final Settings settings;
  private final Broker broker;
  private final Inbox inbox;
  private final Parts parts;
  private final Main main;

  HubCamel(
      DefaultCamelContext context, Settings settings, Broker broker, Inbox inbox, Parts parts) {
    this.context = context;
    this.settings = settings;
    this.broker = broker;
    this.inbox = inbox;
    this.parts = parts;
    this.main = new ContextMain(context);
  }

  /** Camel's main around a context that exists already, because the use cases need it first. */
  private static final class ContextMain extends Main {

    private final DefaultCamelContext context;

    ContextMain(DefaultCamelContext context) {
      this.context = context;
      // The process decides when the hub stops, and in which order; Camel's own hook knows no
      // broker.
      setShutdownStrategy(new SimpleMainShutdownStrategy());
    }

    @Override
    protected CamelContext createCamelContext() {
      return context;
    }
  }

  static DeliveryTickets tickets(DefaultCamelContext context) {
    return new DeliveryTickets(
        context.createProducerTemplate(),
        "activemq:queue:" + Broker.DELIVERIES + "?deliveryPersistent=false");
  }

  public static OdooPort odoo(DefaultCamelContext context, Settings.Odoo settings) {
    return new OdooOverCamel(context.createProducerTemplate(), settings.callers());
  }

  /**
   * @param works whether it does anything but answer
   */
  void start(Gate gate, DeliveryTickets tickets, PrometheusMeterRegistry meters, boolean works)
      throws Exception {
    context.getRegistry().bind("httpServer", new HttpServerFactory(gate));
    context.getRegistry().bind("vertxOptions", vertxOptions());
    context.getRegistry().bind(Jolokia.NAME, new Jolokia());
    context.getRegistry().bind("metricsRegistry", meters);
    context.getCamelContextExtension().addContextPlugin(NodeIdFactory.class, new ReadableNodeIds());
    context.addRoutePolicyFactory(new RouteRecovery(parts.refusals()));
    components();
    beans(tickets, meters);
    checks(gate);
    configure();
    if (!works) {
      main.configure().setAutoStartupExcludePattern(ACTING);
    }
    main.start();
    if (works) {
      registerNights();
    }
    VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(context, routerName());
    router.route("/hooks/*").failureHandler(gate::answerFailure);
    router.route().last().handler(Gate::answerMissing);
    Hawtio.serve(router);
  }

  void stop() {
    main.stop();
    context.stop();
  }

  private String routerName() {
    return VertxPlatformHttpRouter.getRouterNameFromPort(settings.http().port());
  }

  private VertxOptions vertxOptions() {
    return new VertxOptions()
        .setWorkerPoolSize(settings.http().workers())
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  private void components() {
    ActiveMQComponent activemq = new ActiveMQComponent();
    activemq.setConnectionFactory(broker.connections());
    // Camel's own strategy copies the classic broker's headers, whose classes are not here.
    activemq.setMessageCreatedStrategy((message, session, exchange, cause) -> {});
    context.addComponent("activemq", activemq);
    context.addComponent(
        "inbox", new InboxComponent(broker.connections(), inbox, parts.refusals()));
    HttpComponent http = new HttpComponent();
    // The client would silently repeat a request on 429 and 503; when to repeat is ours to say.
    http.setAutomaticRetriesDisabled(true);
    context.addComponent("http", http);
    context.addComponent("https", https());
    if (settings.night().clustered()) {
      QuartzComponent quartz = new QuartzComponent();
      quartz.setProperties(QuartzSettings.clustered(settings.database()));
      context.addComponent("quartz", quartz);
    }
  }

  private static HttpComponent https() {
    HttpComponent https = new HttpComponent();
    https.setAutomaticRetriesDisabled(true);
    return https;
  }

  private void beans(DeliveryTickets tickets, MeterRegistry meters) {
    context.getRegistry().bind("recording", parts.recording());
    context.getRegistry().bind("nightly", parts.nightly());
    context.getRegistry().bind("sealing", parts.sealing());
    context
        .getRegistry()
        .bind("deliveries", new Deliveries(parts.delivering(), parts.sweeping(), tickets));
    context.getRegistry().bind("desk", new DeskIntake(parts.refusals()));
    context.getRegistry().bind("files", new FileImports(parts.importing()));
    context.getRegistry().bind("unmovedFiles", new UnmovedFiles(parts.refusals()));
    context
        .getRegistry()
        .bind("feeds", new Feeds(parts.cursors(), settings::secret, Clock.systemUTC()));
    context
        .getRegistry()
        .bind(
            "webhooks",
            new WebhookReceiver(
                parts.mappings().channels(),
                settings::secret,
                settings.http().bodyLimit(),
                new RefusedWebhooks(meters),
                Clock.systemUTC()));
    RefusedWebhooks.sayWhereSecretsAreMissing(parts.mappings().channels(), settings::secret);
    context.getRegistry().bind("odooAnswers", new OdooAnswers());
    context.getRegistry().bind("webhookAnswers", new WebhookAnswers());
    context
        .getRegistry()
        .bind("seenFiles", MemoryIdempotentRepository.memoryIdempotentRepository(REMEMBERED));
    context
        .getRegistry()
        .bind("seenPages", MemoryIdempotentRepository.memoryIdempotentRepository(REMEMBERED));
    parts.beans().forEach(context.getRegistry()::bind);
  }

  private void checks(Gate gate) {
    HealthCheckRegistry checks = HealthCheckRegistry.get(context);
    checks.register(new ProbeHealthCheck(new Probe.Check("gate", true, gate::probe)));
    checks.register(new ProbeHealthCheck(new Probe.Check("broker", true, broker::probe)));
    parts.checks().forEach(check -> checks.register(new ProbeHealthCheck(check)));
  }

  private void configure() {
    MainConfigurationProperties configuration = main.configure();
    configuration.withName("kontor");
    configuration.withRoutesIncludePattern(RouteFiles.read(settings.routes()).pattern());
    configuration.withInflightRepositoryBrowseEnabled(true);
    configuration.withJmxManagementNamePattern("#name#");
    configuration.withShutdownTimeout(Math.toIntExact(settings.stopWithin().toSeconds()));
    configuration.withShutdownLogInflightExchangesOnTimeout(true);
    // What routes name is what the settings came to: a variable such as KONTOR_ODOO_TIMEOUT=60s
    // would otherwise take its place as it is written, and KONTOR_DATA that of --data.
    ((PropertiesComponent) context.getPropertiesComponent())
        .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    Properties initial = new Properties();
    initial.putAll(placeholders());
    initial.putAll(http());
    initial.putAll(settings.camel());
    main.setInitialProperties(initial);
  }

  /** What routes may name as {@code {{kontor.…}}}: no secrets among them. */
  private Map<String, String> placeholders() {
    Map<String, String> values = new TreeMap<>(settings.channels());
    values.put(SettingsKey.DATA.key(), settings.data().toString());
    values.put(SettingsKey.INBOX_BATCH.key(), String.valueOf(settings.inbox().batch()));
    values.put(SettingsKey.INBOX_CONSUMERS.key(), String.valueOf(settings.inbox().consumers()));
    values.put(
        SettingsKey.DELIVERIES_WORKERS.key(), String.valueOf(settings.deliveries().workers()));
    values.put(SettingsKey.DELIVERIES_SWEEP.key(), millis(settings.deliveries().sweepEvery()));
    values.put(SettingsKey.ODOO_URL.key(), settings.odoo().url());
    values.put(SettingsKey.ODOO_CONNECT_TIMEOUT.key(), millis(settings.odoo().connectTimeout()));
    values.put(SettingsKey.ODOO_TIMEOUT.key(), millis(settings.odoo().timeout()));
    values.put(SettingsKey.ODOO_CALLERS.key(), String.valueOf(settings.odoo().callers()));
    return values;
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }

  private Map<String, String> http() {
    String port = String.valueOf(settings.http().port());
    String host = settings.http().host();
    return Map.ofEntries(
        Map.entry("camel.server.enabled", "true"),
        Map.entry("camel.server.host", host),
        Map.entry("camel.server.port", port),
        Map.entry("camel.server.maxBodySize", String.valueOf(settings.http().bodyLimit())),
        Map.entry("camel.server.fileUploadEnabled", "false"),
        Map.entry("camel.management.enabled", "true"),
        Map.entry("camel.management.host", host),
        Map.entry("camel.management.port", port),
        Map.entry("camel.management.healthCheckEnabled", "true"),
        Map.entry("camel.management.metricsEnabled", "true"),
        Map.entry("camel.management.jolokiaEnabled", "true"),
        Map.entry("camel.management.jolokiaPath", "/jolokia"),
        Map.entry("camel.metrics.enabled", "true"),
        // Its meters come with differing tags, which Prometheus does not take.
        Map.entry("camel.metrics.enableExchangeEventNotifier", "false"),
        Map.entry("camel.health.exposureLevel", "full"),
        // A vendor whose feed fails must not take the hub off the network.
        Map.entry("camel.health.consumersEnabled", "false"));
  }

  /** One route per entity, in its zone; each runs whatever is missing, so none is lost. */
  private void registerNights() throws Exception {
    String cron = NightCalendar.cron(settings.night().at());
    Scheduler scheduler = context.getComponent("quartz", QuartzComponent.class).getScheduler();
    for (Entity entity : parts.mappings().entities().values()) {
      forgetOtherZone(scheduler, entity);
      context.addRouteFromTemplate(
          NIGHT_TEMPLATE + "-" + entity.id(),
          NIGHT_TEMPLATE,
          Map.of("entity", entity.id(), "zone", entity.zone().getId(), "cron", cron));
    }
  }

  /**
   * A schedule that is kept in a database keeps its zone, too, and Camel compares only the times.
   */
  private static void forgetOtherZone(Scheduler scheduler, Entity entity)
      throws SchedulerException {
    TriggerKey key = TriggerKey.triggerKey("night-" + entity.id(), "kontor");
    if (scheduler.getTrigger(key) instanceof CronTrigger kept
        && !kept.getTimeZone().toZoneId().equals(entity.zone())) {
      scheduler.unscheduleJob(key);
    }
  }
}
