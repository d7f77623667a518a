package io.kontor.mapping.translation;

/** One thing that is wrong with a fact, before it is known which order it spoils. */
record Finding(String code, String message) {}
