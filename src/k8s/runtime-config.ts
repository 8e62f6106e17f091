import { Construct } from 'constructs';
import { define } from './_object';
import { configMapNameOf, mounts } from '../spec/names';
import { metadataOf, type Workload } from './target';
import type { ConfigMap as Manifest } from '../imports/kubernetes';
import type { RuntimeConfig } from '../spec/runtime-config';

export interface ConfigMapProps {
  /** The workload that reads it. */
  readonly target: Workload;
  /** What the process reads. */
  readonly runtimeConfig: RuntimeConfig;
  /** The object's labels. @default - the labels that select the pods */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Defines what the process of a service reads when it starts: one versioned JSON file under a name that never changes.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigMap extends Construct {
  constructor(scope: Construct, id: string, props: ConfigMapProps) {
    super(scope, id);
    const { target, runtimeConfig, labels } = props;
    define<Manifest>(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadataOf(target, { labels, name: configMapNameOf(target.name) }),
      data: { [mounts.configFile]: `${JSON.stringify(runtimeConfig, null, 2)}\n` },
    });
  }
}
