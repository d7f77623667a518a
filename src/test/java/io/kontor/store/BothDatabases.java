package io.kontor.store;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once for each kind of database. */
final class BothDatabases implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(TestDatabase.Kind.values()).map(Invocation::new);
  }

  private record Invocation(TestDatabase.Kind kind) implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int index) {
      return kind.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Fresh(kind));
    }
  }

  /** Opens the database when the test asks for it, and closes it afterwards. */
  private static final class Fresh implements ParameterResolver, AfterEachCallback {

    private final TestDatabase.Kind kind;
    private TestDatabase opened;

    Fresh(TestDatabase.Kind kind) {
      this.kind = kind;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      opened = TestDatabase.open(kind);
      return opened;
    }

    @Override
    public void afterEach(ExtensionContext context) {
      if (opened != null) {
        opened.close();
      }
    }
  }
}
