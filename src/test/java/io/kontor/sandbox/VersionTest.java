package io.kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How a client learns whom it speaks to. */
class VersionTest {

  @Test
  void a_19_says_so_and_answers_both_dialects() {
    try (SandboxOdoo sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V19))) {
      Wire wire = new Wire(sandbox.uri());
      Wire.Answer version = wire.get("/web/version");
      assertThat(version.body().get("version").asText()).isEqualTo("19.0");
      assertThat(version.body().get("version_info").get(0).asInt()).isEqualTo(19);
      assertThat(wire.get("/json/version").body()).isEqualTo(version.body());
      assertThat(wire.ok("res.users", "context_get", "{}").get("uid").asInt()).isEqualTo(2);
      assertThat(
              wire.rpc("res.users", "context_get", "[]", "{}").get("result").get("lang").asText())
          .isEqualTo("en_US");
      var info = wire.post("/web/webclient/version_info", Wire.json("{'id':7}"), "", "").body();
      assertThat(info.get("result").get("server_version_info").get(0).asInt()).isEqualTo(19);
    }
  }
}
