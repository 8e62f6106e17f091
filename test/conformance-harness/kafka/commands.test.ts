import { askedBy, wordsOf } from '../../conformance/kafka/scenario/commands';

test('quotes keep words together, and are gone then', () => {
  expect(wordsOf("kubectl exec a -- sh -c 'echo '\"'\"'{}'\"'\"' > /tmp/a' '/opt/*'")).toEqual(['kubectl', 'exec', 'a', '--', 'sh', '-c', "echo '{}' > /tmp/a", '/opt/*']);
});

test('what a plan says is known', () => {
  const asked = (command: string) => askedBy(command, 'shop');
  expect(asked('marty synth')).toEqual({ kind: 'synth' });
  expect(asked('kubectl apply --server-side --kustomize deploy/production/_platform')).toEqual({ kind: 'apply' });
  expect(asked("kubectl --namespace shop exec kafka-broker-0 --container kafka -- java -cp '/opt/kafka/libs/*' Main --id 1")).toEqual({
    kind: 'exec', pod: 'kafka-broker-0', container: 'kafka', command: ['java', '-cp', '/opt/kafka/libs/*', 'Main', '--id', '1'],
  });
  expect(asked('kubectl --namespace shop delete pod kafka-broker-0 --wait=true')).toEqual({ kind: 'delete pod', pod: 'kafka-broker-0' });
  expect(asked('kubectl --namespace shop delete persistentvolumeclaim data-kafka-broker-0 --wait=false')).toEqual({ kind: 'delete claim', claim: 'data-kafka-broker-0' });
  expect(asked('kubectl --namespace shop wait --for=condition=Ready pod/kafka-broker-0 --timeout=1800s')).toEqual({ kind: 'wait', pod: 'kafka-broker-0', seconds: 1800 });
});

test.each([
  'kubectl --namespace other delete pod kafka-broker-0 --wait=true',
  'kubectl --namespace shop delete pod kafka-broker-0 --force',
  'kubectl --namespace shop scale statefulset kafka-broker --replicas=3',
  'kubectl --namespace shop exec kafka-broker-0 -- java Main',
  'helm upgrade kafka',
])('anything else is refused: %s', command => {
  expect(() => askedBy(command, 'shop')).toThrow(`plan: command is ${command}`);
});
