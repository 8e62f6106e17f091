package martymsf.kafka;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The MBeans of this JVM. The server is asked for late: to make it before Kafka runs would fix settings that Kafka makes. */
final class Beans {
  private static final class Holder {
    static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  }

  MBeanServer server() {
    return Holder.SERVER;
  }

  Set<ObjectName> named(String pattern) {
    return server().queryNames(name(pattern), null);
  }

  /** The value, or null where there is no such MBean or attribute (yet). */
  Object value(String bean, String attribute) {
    return value(name(bean), attribute);
  }

  Object value(ObjectName bean, String attribute) {
    try {
      return server().getAttribute(bean, attribute);
    } catch (JMException | RuntimeException absent) {
      return null;
    }
  }

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }
}
