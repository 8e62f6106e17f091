import { canonicalQuantity } from '../../manifests/canonical';
import { nodeSetManifestsOf } from '../node-sets';
import type { Problem } from '../../errors';
import type { StatefulSet } from '../../imports/kubernetes';
import type { KafkaCluster } from '../cluster';
import type { PlanStep } from './plan';
import type { Commands } from './commands';

/** The disks of a StatefulSet that are to be bigger. */
export interface GrownDisks {
  readonly set: string;
  readonly from: string;
  readonly to: string;
}

interface DiskChanges { readonly grown: readonly GrownDisks[]; readonly problems: readonly Problem[] }

type Claim = NonNullable<NonNullable<StatefulSet['spec']>['volumeClaimTemplates']>[number]['spec'] | undefined;

/** What becomes of disks: those that grow, and what no disk does. @param writtenOf the StatefulSet of a name as it was written */
export function diskChangesOf(cluster: KafkaCluster, writtenOf: (set: string) => StatefulSet | undefined): DiskChanges {
  const grown: GrownDisks[] = [];
  const problems: Problem[] = [];
  for (const fresh of nodeSetManifestsOf(cluster)) {
    const set = fresh.metadata?.name ?? '';
    const [was, is] = [claimOf(writtenOf(set)), claimOf(fresh)];
    if (!was || !is) continue;
    const field = set.includes('controller') ? 'controllerGiB' : 'brokerGiB';
    const [from, to] = [sizeOf(was), sizeOf(is)];
    if (was.storageClassName !== is.storageClassName) {
      problems.push({
        path: 'storage.class',
        message: `is ${is.storageClassName ?? 'not said'}, was ${was.storageClassName ?? 'not said'}: a disk stays in its class; keep it, or make another Kafka and mirror the topics`,
      });
    } else if (amountOf(to) < amountOf(from)) {
      problems.push({ path: `storage.${field}`, message: `is ${to}, was ${from}: a disk never shrinks; keep the size` });
    } else if (amountOf(to) > amountOf(from)) {
      grown.push({ set, from, to });
    }
  }
  return { grown, problems: problems.filter(({ path }, index) => problems.findIndex(other => other.path === path) === index) };
}

const claimOf = (set: StatefulSet | undefined): Claim => set?.spec?.volumeClaimTemplates?.[0]?.spec;
const sizeOf = (claim: NonNullable<Claim>) => String(claim.resources?.requests?.storage ?? '');
const amountOf = (size: string) => Number(canonicalQuantity(size));

/** The claims grow one by one; a StatefulSet, whose claims never change, is made anew around the pods that run. */
export function growingDisks(commands: Commands, { set, from, to }: GrownDisks, pods: readonly string[], folder: string): PlanStep {
  return {
    title: `grow the disks of ${set} from ${from} to ${to}`,
    why: 'each claim grows by itself, if its class has allowVolumeExpansion; then the StatefulSet goes and its pods run on, since its own claims never change, and the next step makes it anew',
    commands: [...pods.map(pod => commands.grow(pod, to)), commands.orphan(set), `rm ${folder}/statefulset-${set}.yaml`],
  };
}
