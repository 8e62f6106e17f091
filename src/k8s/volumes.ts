import { Construct } from 'constructs';
import { define } from './_object';
import { claimNameOf, claimsOf, claimSpecOf, fileKeyOf } from './_volumes';
import { filesNameOf, labelsOf } from '../spec/names';
import type { ConfigMap, PersistentVolumeClaim } from '../imports/kubernetes';
import type { SettledService } from '../spec/settle';

export interface SharedVolumesProps { readonly service: SettledService }

/**
 * Defines what all replicas of a service mount: claims they share, and the ConfigMap of its files.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export class SharedVolumes extends Construct {
  constructor(scope: Construct, id: string, props: SharedVolumesProps) {
    super(scope, id);
    const { service } = props;
    const { name, namespace, files, workload } = service;
    const labels = labelsOf(service);
    for (const [alias, claim] of workload.kind === 'stateful' ? [] : claimsOf(service)) {
      define<PersistentVolumeClaim>(this, `Claim-${alias}`, {
        apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: claimNameOf(service, alias), namespace, labels }, spec: claimSpecOf(claim),
      });
    }
    if (Object.keys(files).length) {
      define<ConfigMap>(this, 'Files', {
        apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: filesNameOf(name), namespace, labels },
        data: Object.fromEntries(Object.entries(files).map(([path, text]) => [fileKeyOf(path), text])),
      });
    }
  }
}
