import { canonical, checksumOf, runtimeConfigSchema } from '../../src/spec/runtime-config';
import { mounts } from '../../src/spec/names';
import { allOf, type Manifest } from '../support/manifests';

/** Every ConfigMap that a process would read otherwise than it was written, and every checksum that rolls pods wrongly. */
export function runtimeConfigProblems(manifests: readonly Manifest[]): string[] {
  return allOf(manifests, 'Deployment').flatMap(({ metadata, spec }) => {
    const text = allOf(manifests, 'ConfigMap').find(({ metadata: other }) => other.name === `${metadata.name}-config`)?.data?.[mounts.configFile] ?? '';
    const written: unknown = JSON.parse(text);
    const config = runtimeConfigSchema.parse(written);
    const annotation = spec.template.metadata?.annotations?.['marty-msf/config-checksum'];
    const changed = Object.keys(config.config).filter(key => {
      const other = checksumOf({ ...config, config: { ...config.config, [key]: { changed: config.config[key] } } });
      return (other === annotation) !== config.reloadable.includes(key);
    });
    return [
      ...(canonical(config) === canonical(written) ? [] : [`${metadata.name} reads its configuration otherwise than it was written`]),
      ...(checksumOf(config) === annotation ? [] : [`${metadata.name} carries a checksum that is not its configuration's`]),
      ...(checksumOf({ ...config, ports: { ...config.ports, more: { protocol: 'http', port: 1 } } }) === annotation ? [`${metadata.name} does not roll when a port changes`] : []),
      ...changed.map(key => `${metadata.name} rolls wrongly when config.${key} changes`),
    ];
  });
}
