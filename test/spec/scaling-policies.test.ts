import { behaviorOf } from '../../src/spec/scaling-policies';

const policy = { pods: 4, periodSeconds: 60 };

test.each([
  ['what Kubernetes does anyway is not said', { calmSeconds: 300, scaleUp: { calmSeconds: 0, selectPolicy: 'max' as const }, scaleDown: {} }, undefined],
  ['a calm of its own is said', { calmSeconds: 60 }, { scaleDown: { stabilizationWindowSeconds: 60 } }],
  ['no calm is said too', { calmSeconds: 0 }, { scaleDown: { stabilizationWindowSeconds: 0 } }],
  ['a calm that is too long for Kubernetes is cut', { calmSeconds: 86_400 }, { scaleDown: { stabilizationWindowSeconds: 3600 } }],
  ['policies have their kind', { scaleUp: { policies: [policy, { percent: 50, periodSeconds: 15 }] } }, { scaleUp: { policies: [{ type: 'Pods', value: 4, periodSeconds: 60 }, { type: 'Percent', value: 50, periodSeconds: 15 }] } }],
  ['the slowest policy may count', { scaleDown: { selectPolicy: 'min' as const, policies: [policy] } }, { scaleDown: { selectPolicy: 'Min', policies: [{ type: 'Pods', value: 4, periodSeconds: 60 }] } }],
  ['replicas may stay for good', { calmSeconds: 60, scaleDown: 'disabled' as const }, { scaleDown: { stabilizationWindowSeconds: 60, selectPolicy: 'Disabled' } }],
  ['both ways are said beside each other', { scaleUp: { calmSeconds: 30 }, calmSeconds: 30 }, { scaleUp: { stabilizationWindowSeconds: 30 }, scaleDown: { stabilizationWindowSeconds: 30 } }],
])('%s', (_, pace, behavior) => {
  expect(behaviorOf(pace)).toEqual(behavior);
});
