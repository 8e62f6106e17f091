import { canonical, checksumOf, runtimeConfigSchema } from '../../src/spec/runtime-config';
import { mounts } from '../../src/spec/names';
import { allOf, type Manifest } from '../support/manifests';
import { workloadsIn } from './workloads';

/** Every ConfigMap that a process would read otherwise than it was written, and every checksum that rolls pods wrongly. */
export function runtimeConfigProblems(manifests: readonly Manifest[]): string[] {
  return workloadsIn(manifests).flatMap(({ object: { metadata }, template }) => {
    const dataOf = (volume: string) => {
      const name = template.spec?.volumes?.find(each => each.name === volume)?.configMap?.name;
      return allOf(manifests, 'ConfigMap').find(each => each.metadata.name === name)?.data ?? {};
    };
    const text = dataOf('config')[mounts.configFile];
    if (text === undefined) return [`${metadata.name} finds no configuration`];
    const mounted = (template.spec?.containers ?? []).flatMap(({ volumeMounts }) => volumeMounts ?? []).filter(({ name }) => name === 'files');
    const files = Object.fromEntries(mounted.map(({ mountPath, subPath = '' }) => [mountPath, dataOf('files')[subPath]]));
    const written: unknown = JSON.parse(text);
    const config = runtimeConfigSchema.parse(written);
    const annotation = template.metadata?.annotations?.['marty-msf/config-checksum'];
    // A migration runs once for its version, whatever its configuration becomes.
    if (annotation === undefined && metadata.labels?.['app.kubernetes.io/instance']?.includes('-migrate-')) return [];
    const changed = Object.keys(config.config).filter(key => {
      const other = checksumOf({ ...config, config: { ...config.config, [key]: { changed: config.config[key] } } }, files);
      return (other === annotation) !== config.reloadable.includes(key);
    });
    return [
      ...(canonical(config) === canonical(written) ? [] : [`${metadata.name} reads its configuration otherwise than it was written`]),
      ...(checksumOf(config, files) === annotation ? [] : [`${metadata.name} carries a checksum that is not its configuration's`]),
      ...(checksumOf({ ...config, ports: { ...config.ports, more: { protocol: 'http', port: 1 } } }, files) === annotation ? [`${metadata.name} does not roll when a port changes`] : []),
      ...changed.map(key => `${metadata.name} rolls wrongly when config.${key} changes`),
    ];
  });
}
