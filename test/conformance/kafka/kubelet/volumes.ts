import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Sources } from './environment';
import { volumeFolder, type Places } from './mounts';
import type { Items, Volume } from './objects';
import type { Pod } from './pods';

/** What is changed in a file before a container reads it. */
export type Written = (file: string, content: Buffer) => Buffer;

/**
 * Makes the volumes of a pod anew; claims stay as they are, a new one holds what a new disk holds.
 *
 * @throws Error when an object or a key is not there
 */
export function makeVolumes(pod: Pod, places: Places, sources: Omit<Sources, 'address'>, written: Written): void {
  for (const claimed of Object.keys(pod.claims)) makeClaim(volumeFolder(pod, claimed, places));
  for (const volume of pod.spec.volumes ?? []) {
    const folder = volumeFolder(pod, volume.name, places);
    if (volume.persistentVolumeClaim) {
      makeClaim(folder);
      continue;
    }
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    if (!volume.emptyDir) writeFiles(folder, filesOf(pod, volume, sources), written);
  }
}

function makeClaim(folder: string): void {
  mkdirSync(join(folder, 'lost+found'), { recursive: true });
}

type Files = Readonly<Record<string, Buffer>>;

function filesOf(pod: Pod, { name, configMap, secret, projected }: Volume, sources: Omit<Sources, 'address'>): Files {
  const subject = `pod ${pod.name}: volume ${name}`;
  const parts = [
    ...(configMap ? [{ configMap }] : []),
    ...(secret ? [{ secret: { ...secret, name: secret.secretName } }] : []),
    ...projected?.sources ?? [],
  ];
  if (parts.length === 0) throw new Error(`${subject}: it is of no kind that is run here, expected configMap, secret, projected, emptyDir or persistentVolumeClaim`);
  return Object.assign({}, ...parts.map(source => {
    if (source.configMap) return selected(source.configMap, sources.configMap(source.configMap.name), `${subject}: ConfigMap ${source.configMap.name}`);
    if (source.secret) return selected(source.secret, sources.secret(source.secret.name), `${subject}: Secret ${source.secret.name}`);
    throw new Error(`${subject}: source is ${Object.keys(source).join(', ')}, expected configMap or secret`);
  }) as Files[]) as Files;
}

function selected({ items, optional }: Items, data: Files | undefined, subject: string): Files {
  if (!data) {
    if (optional) return {};
    throw new Error(`${subject} is not there, expected it among the objects`);
  }
  if (!items) return data;
  return Object.fromEntries(items.flatMap(({ key, path }) => {
    if (data[key] === undefined && !optional) throw new Error(`${subject} has no key ${key}, expected it to be there`);
    return data[key] === undefined ? [] : [[path, data[key]]];
  }));
}

/** Configuration and Secrets of a running pod as they are now; nothing else of it changes. */
export function refreshVolumes(pod: Pod, places: Places, sources: Omit<Sources, 'address'>, written: Written): void {
  for (const volume of pod.spec.volumes ?? []) {
    const folder = volumeFolder(pod, volume.name, places);
    if (!volume.emptyDir && !volume.persistentVolumeClaim && existsSync(folder)) writeFiles(folder, filesOf(pod, volume, sources), written);
  }
}

/** As a kubelet does it: a folder that is swapped as a whole, and a link for each of its entries. */
function writeFiles(folder: string, files: Files, written: Written): void {
  const present = readdirSync(folder);
  const old = present.filter(entry => /^\.\.\d+$/.test(entry));
  const content = `..${1 + Math.max(0, ...old.map(entry => Number(entry.slice(2))))}`;
  mkdirSync(join(folder, content));
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, content, file)), { recursive: true });
    writeFileSync(join(folder, content, file), written(file, bytes), { mode: 0o640 });
  }
  symlinkSync(content, join(folder, '..data.new'));
  renameSync(join(folder, '..data.new'), join(folder, '..data'));
  const entries = [...new Set(Object.keys(files).map(file => file.split('/')[0]))];
  for (const entry of entries.filter(each => !present.includes(each))) symlinkSync(join('..data', entry), join(folder, entry));
  for (const gone of present.filter(entry => !entry.startsWith('..') && !entries.includes(entry))) rmSync(join(folder, gone));
  for (const folderOfOld of old) rmSync(join(folder, folderOfOld), { recursive: true });
}

/** Loses what a claim held. */
export function wipeClaims(pod: Pod, places: Places): void {
  for (const claimed of Object.keys(pod.claims)) {
    const folder = volumeFolder(pod, claimed, places);
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  }
}
