package io.kontor.odoo;

import io.kontor.sandbox.OdooVersion;
import io.kontor.sandbox.SandboxOdoo;
import io.kontor.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract and the wire of the sandbox, in both dialects. */
class SandboxOdooContractTest {

  private static SandboxOdoo json2;
  private static SandboxOdoo jsonRpc;

  @BeforeAll
  static void start() {
    json2 = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V19));
    jsonRpc = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V18));
  }

  @AfterAll
  static void stop() {
    json2.close();
    jsonRpc.close();
  }

  @Nested
  class Json2Contract extends OdooContractTest {
    @Override
    OdooServer server() {
      return OdooServer.of(json2);
    }
  }

  @Nested
  class JsonRpcContract extends OdooContractTest {
    @Override
    OdooServer server() {
      return OdooServer.of(jsonRpc);
    }
  }

  @Nested
  class Json2Wire extends OdooWireTest {
    @Override
    OdooServer server() {
      return OdooServer.of(json2);
    }
  }

  @Nested
  class JsonRpcWire extends OdooWireTest {
    @Override
    OdooServer server() {
      return OdooServer.of(jsonRpc);
    }
  }
}
