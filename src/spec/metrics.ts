import { z } from 'zod';
import { management, type Ports } from './ports';
import { labelSchema, pathSchema } from './syntax';
import { isPerEnvironment, type Settled } from './varying';
import type { Problem } from '../errors';

const scrapedSchema = z.strictObject({
  /** The name of the HTTP port that answers with metrics. @default 'management' */
  port: labelSchema(15).default('management'),
  /** The path of the metrics. @default '/metrics' */
  path: pathSchema.default('/metrics'),
  /** Seconds between two scrapes, 1 to 3600. @default 30 */
  intervalSeconds: z.int().min(1).max(3600).default(30),
});

/** Where Prometheus finds the metrics of a service, or that it has none. */
export const metricsSchema = z.union([z.literal('none'), scrapedSchema]);

export type Metrics = z.input<typeof metricsSchema>;
export type MetricsSpec = Settled<z.output<typeof metricsSchema>>;

/** The number of the port that is scraped; undefined where none is. */
export function scrapedPortOf(metrics: MetricsSpec, ports: Ports): number | undefined {
  if (metrics === 'none') return undefined;
  return metrics.port === management.name ? management.port : ports[metrics.port].port;
}

/** What is wrong with where metrics are, in whichever environment. */
export function metricsProblems(metrics: unknown, ports: Ports): Problem[] {
  const said = isPerEnvironment(metrics) ? Object.entries(metrics.perEnvironment).map(([name, value]) => [`metrics.perEnvironment.${name}`, value] as const) : [['metrics', metrics] as const];
  const speaking = Object.keys(ports).filter(name => ports[name].protocol === 'http');
  return said.flatMap(([path, value]) => {
    const { port = management.name } = value as { port?: string };
    return [management.name, ...speaking].includes(port) ? [] : [{ path: `${path}.port`, message: `is "${port}", expected an HTTP port: ${[management.name, ...speaking].join(' or ')}` }];
  });
}
