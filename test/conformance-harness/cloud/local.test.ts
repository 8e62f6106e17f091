import { localized } from '../../conformance/cloud/stacks/local';

const bucket = { bucket: 'states', region: 'eu-central-1' };
const network = { name: 'network', json: { terraform: { required_providers: {}, backend: { s3: { ...bucket, key: 'network.tfstate' } } } } };
const cluster = {
  name: 'cluster',
  json: {
    terraform: { backend: { s3: { ...bucket, key: 'cluster.tfstate' } } },
    data: {
      terraform_remote_state: { input: { backend: 's3', config: { ...bucket, key: 'network.tfstate', workspace: 'default' } } },
      aws_region: { here: {} },
    },
    resource: { aws_kms_key: { key: { description: 'a', lifecycle: { prevent_destroy: true, ignore_changes: ['description'] } }, other: {} } },
  },
};
const place = (name: string) => `/states/${name}`;

test('a stack keeps its state in a file, and reads those of the others from theirs', () => {
  expect(localized(cluster, [network, cluster], place)).toEqual({
    terraform: { backend: { local: { path: '/states/cluster' } } },
    data: { terraform_remote_state: { input: { backend: 'local', config: { path: '/states/network' } } }, aws_region: { here: {} } },
    resource: { aws_kms_key: { key: { description: 'a', lifecycle: { ignore_changes: ['description'] } }, other: {} } },
  });
});

test('a stack without data and resources gets none', () => {
  expect(localized(network, [network], place)).toEqual({ terraform: { required_providers: {}, backend: { local: { path: '/states/network' } } } });
});

test('a state that no stack keeps is an error', () => {
  expect(() => localized(cluster, [cluster], place)).toThrow(/^data\.terraform_remote_state\.input: no stack of the app keeps its state at /);
});
