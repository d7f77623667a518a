package io.kontor.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.spi.NodeIdFactory;

/**
 * Names the steps of routes as JMX and Hawtio show them: a call of a bean by the bean and its
 * method, such as {@code webhooks.accept}, anything else by its kind. Later ones of the same name
 * are numbered. Thread-safe.
 */
final class ReadableNodeIds implements NodeIdFactory {

  private final Map<String, Integer> used = new ConcurrentHashMap<>();

  @Override
  public String createId(NamedNode node) {
    String name = name(node);
    int number = used.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + "-" + number;
  }

  private static String name(NamedNode node) {
    if (node instanceof BeanDefinition bean && bean.getRef() != null) {
      return bean.getMethod() == null ? bean.getRef() : bean.getRef() + "." + bean.getMethod();
    }
    return node.getShortName();
  }
}
