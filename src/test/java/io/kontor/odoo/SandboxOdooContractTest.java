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

  private static OdooPort port(SandboxOdoo sandbox) {
    return new HttpPort(sandbox.uri().toString());
  }

  private static OdooAccess sandboxAccess() {
    return new OdooAccess("sandbox", "admin", "sandbox-key");
  }

  @Nested
  class Json2Contract extends OdooContractTest {
    @Override
    OdooPort server() {
      return port(json2);
    }

    @Override
    OdooAccess access() {
      return sandboxAccess();
    }
  }

  @Nested
  class JsonRpcContract extends OdooContractTest {
    @Override
    OdooPort server() {
      return port(jsonRpc);
    }

    @Override
    OdooAccess access() {
      return sandboxAccess();
    }
  }

  @Nested
  class Json2Wire extends OdooWireTest {
    @Override
    OdooPort server() {
      return port(json2);
    }

    @Override
    OdooAccess access() {
      return sandboxAccess();
    }
  }

  @Nested
  class JsonRpcWire extends OdooWireTest {
    @Override
    OdooPort server() {
      return port(jsonRpc);
    }

    @Override
    OdooAccess access() {
      return sandboxAccess();
    }
  }
}
