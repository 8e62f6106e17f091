import { objectRule } from '../../rule-shapes';
import { fieldAt, textMapOf } from '../../value';
import { containsPrivateKey, namesSecret } from '../_secret-words';

export const secretInConfigMap = objectRule({
  id: 'config-map-secret',
  severity: 'error',
  title: 'config map holds what looks like a secret',
  why: 'ConfigMaps are readable for many, not encrypted, and printed in logs and diffs.',
  remedy: 'Put it in a Secret; if the key only sounds secret, such as TOKEN_TTL, rename it.',
  upstream: ['polaris:sensitiveConfigmapContent'],
}, ['ConfigMap'], (configMap) => [...textMapOf(fieldAt(configMap.fields, 'data'))]
  .filter(([key, value]) => namesSecret(key) || containsPrivateKey(value))
  .map(([key]) => ({ path: `data['${key}']`, got: `a value for ${key}`, expected: 'no secret' })));
