import { kubernetesVersions, isAtLeast } from '../../src/spec/kubernetes-version';
import { KUBERNETES_VERSIONS } from '../../src/manifests/kubernetes-version';

test('versions are compared as numbers, not as text', () => {
  expect([isAtLeast('1.30', '1.30'), isAtLeast('1.29', '1.30'), isAtLeast('1.37', '1.28')]).toEqual([true, false, true]);
});

test('manifests are rendered for exactly the versions that they are checked for', () => {
  expect(kubernetesVersions).toEqual(KUBERNETES_VERSIONS);
});
