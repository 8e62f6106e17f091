import { clusterRole, isBuiltIn, podExecRules, role } from './_role-rules';
import { objectRule } from '../../rule-shapes';

const usual = ['admin', 'cluster-admin', 'edit'];

export const podExecRole = objectRule({
  id: 'role-pod-exec',
  severity: 'error',
  title: 'role lets its holder run commands in pods',
  why: 'Who runs commands in a pod has its secrets, its network and its identity.',
  remedy: 'Take pods/exec, pods/attach and wildcards out of the rule; people debug through a role of their own.',
  upstream: ['polaris:rolePodExecAttach', 'polaris:clusterrolePodExecAttach'],
}, [role, clusterRole], (object) => {
  const isCluster = object.kind === 'ClusterRole';
  if (isBuiltIn(object.name) || (isCluster && usual.includes(object.name))) return [];
  return podExecRules(object).map((position) => ({
    path: `rules[${position}]`,
    got: 'a right to pods/exec or pods/attach',
    expected: 'neither of them',
    upstream: [isCluster ? 'polaris:clusterrolePodExecAttach' : 'polaris:rolePodExecAttach'],
  }));
});
