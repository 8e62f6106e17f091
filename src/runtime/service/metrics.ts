import { performance } from 'node:perf_hooks';
import type { RuntimeConfig } from '../../spec/runtime-config';

interface Metric { readonly name: string; readonly help: string; readonly type: 'gauge' | 'counter'; readonly value: number; readonly labels?: Readonly<Record<string, string>> }

/**
 * What the process says of itself, as Prometheus reads it.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function metricsOf({ service, environment, team, platform }: RuntimeConfig): string {
  const { user, system } = process.cpuUsage();
  const metrics: readonly Metric[] = [
    { name: 'marty_service_info', help: 'The service that this process runs.', type: 'gauge', value: 1, labels: { service, environment, team, platform } },
    { name: 'process_start_time_seconds', help: 'When the process started, in seconds since the epoch.', type: 'gauge', value: performance.timeOrigin / 1000 },
    { name: 'process_cpu_seconds_total', help: 'CPU time used, user and system, in seconds.', type: 'counter', value: (user + system) / 1e6 },
    { name: 'process_resident_memory_bytes', help: 'Memory held, in bytes.', type: 'gauge', value: process.memoryUsage.rss() },
    {
      name: 'nodejs_eventloop_utilization', help: 'Share of its time that the event loop was busy since the start, 0 to 1.', type: 'gauge',
      value: performance.eventLoopUtilization().utilization,
    },
  ];
  return metrics.map(({ name, help, type, value, labels }) =>
    `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name}${labels ? `{${labelsOf(labels)}}` : ''} ${value}\n`).join('');
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`).join(',');
}
