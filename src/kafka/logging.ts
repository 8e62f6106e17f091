import type { KafkaVersion } from '../spec/kafka';

/** What a node writes to its output, and the flag by which Kafka finds it: one line per event, clients of its own only when something is wrong. */
export function loggingOf(version: KafkaVersion): { readonly file: string; readonly text: string; readonly flag: (folder: string) => string } {
  if (version < '4') {
    return {
      file: 'log4j.properties', text: log4j,
      flag: folder => `-Dlog4j.configuration=file:${folder}/log4j.properties`,
    };
  }
  return { file: 'log4j2.xml', text: log4j2, flag: folder => `-Dlog4j2.configurationFile=${folder}/log4j2.xml` };
}

/** @see https://kafka.apache.org/39/documentation/#basic_ops_logging */
const log4j = `log4j.rootLogger=INFO, stdout
log4j.appender.stdout=org.apache.log4j.ConsoleAppender
log4j.appender.stdout.layout=org.apache.log4j.PatternLayout
log4j.appender.stdout.layout.ConversionPattern=%d{ISO8601} %p %c{1}: %m%n
log4j.logger.org.apache.kafka.clients=WARN
`;

const log4j2 = `<Configuration status="WARN">
  <Appenders>
    <Console name="stdout"><PatternLayout pattern="%d{ISO8601} %p %c{1}: %m%n"/></Console>
  </Appenders>
  <Loggers>
    <Root level="INFO"><AppenderRef ref="stdout"/></Root>
    <Logger name="org.apache.kafka.clients" level="WARN"/>
  </Loggers>
</Configuration>
`;
