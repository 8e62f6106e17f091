import { flawIf } from '../../rule';
import { workloadRule } from '../../rule-shapes';

const label = 'app.kubernetes.io/instance';

export const instanceLabel = workloadRule({
  id: 'workload-instance-label',
  severity: 'warning',
  title: 'workload is not labelled with its own name',
  why: 'Dashboards, policies and people find what belongs together by this label.',
  remedy: 'Set the label app.kubernetes.io/instance to the name of the workload.',
  upstream: ['polaris:metadataAndInstanceMismatched'],
}, ({ workload }) => flawIf(workload.labels.get(label) !== workload.name, {
  path: `metadata.labels['${label}']`,
  got: workload.labels.get(label),
  expected: workload.name,
}));
