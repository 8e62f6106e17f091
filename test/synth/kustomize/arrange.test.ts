import { kustomizeTree } from '../../../src/synth/kustomize/arrange';
import { configMap, textsOf, treeOf } from '../_tree';

const plain = (prod: Readonly<Record<string, string>>) => treeOf({ 'dev/orders': { 'configmap-settings.yaml': configMap('debug'), 'kustomization.yaml': '' }, 'prod/orders': prod });

describe('the kustomize layout', () => {
  it('has a base, and an overlay for each environment', () => {
    expect(textsOf(kustomizeTree(plain({ 'configmap-settings.yaml': configMap('warning'), 'secret.yaml': 'kind: Secret\n' })).tree)).toEqual({
      'orders/base/configmap-settings.yaml': configMap('debug'),
      'orders/base/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - configmap-settings.yaml\n',
      'orders/overlays/dev/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ../../base\n',
      'orders/overlays/prod/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base
  - secret.yaml
patches:
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
        namespace: shop
      data:
        level: warning
`,
      'orders/overlays/prod/secret.yaml': 'kind: Secret\n',
    });
  });

  it('keeps owners and constructs', () => {
    const base = kustomizeTree(plain({ 'configmap-settings.yaml': configMap('debug') })).tree.get('orders/base');
    expect([base?.owner, base?.files.get('configmap-settings.yaml')?.construct]).toEqual(['shop', 'app/dev/orders/configmap-settings.yaml']);
  });

  it('has no base where environments have nothing in common', () => {
    const { tree } = kustomizeTree(treeOf({ 'dev/a': { 'x.yaml': configMap('x', 'x') }, 'prod/a': { 'y.yaml': configMap('y', 'y') } }));
    expect([...tree.keys()]).toEqual(['a/overlays/dev', 'a/overlays/prod']);
    expect(textsOf(tree)['a/overlays/dev/kustomization.yaml']).not.toContain('../../base');
  });

  it('lists overlays in an index of their environment, and says what each folder is about', () => {
    const { layout } = kustomizeTree(plain({ 'configmap-settings.yaml': configMap('debug') }));
    expect(layout.indexOf('orders/overlays/prod')).toEqual({ folder: '_environments/prod', entry: '../../orders/overlays/prod' });
    expect(layout.indexOf('orders/base')).toBeUndefined();
    expect(['orders/base', 'orders/overlays/dev', 'orders/components/a-and-b'].map(layout.placeOf)).toEqual([
      { service: 'orders', environment: 'base' }, { service: 'orders', environment: 'dev' }, { service: 'orders', environment: 'components/a-and-b' },
    ]);
  });

  it('says which files hold what an environment is guarded by', () => {
    const { layout } = kustomizeTree(plain({ 'configmap-settings.yaml': configMap('debug') }));
    expect([layout.guardedIn('orders/overlays/prod', '.marty-guarded'), layout.guardedIn('orders/overlays/prod', 'a.yaml'), layout.guardedIn('orders/base', 'a.yaml')]).toEqual(['prod', undefined, undefined]);
    expect([layout.holdsObject('orders/base', 'a.yaml'), layout.holdsObject('orders/overlays/prod', '.marty-guarded')]).toEqual([true, false]);
  });
});
