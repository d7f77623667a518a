package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import io.kontor.mapping.Channel;
import io.kontor.mapping.translation.Translation;

/** A raw document and what it was translated to. */
record Translated(RawDocument raw, Channel channel, Translation translation) {}
