package io.kontor.odoo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Runs only where the environment names a real server, a database on it and a key. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(named = "KONTOR_ODOO_URL", matches = ".+")
@EnabledIfEnvironmentVariable(named = "KONTOR_ODOO_DB", matches = ".+")
@EnabledIfEnvironmentVariable(named = "KONTOR_ODOO_API_KEY", matches = ".+")
@interface OnRealOdoo {}
