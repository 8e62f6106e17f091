import { compareTimes, type Result } from './measure';
import { agreeing, versionOf } from './synth-process';

/** Our printer of YAML against the package that cdk8s prints with, on the objects of the large app. */
export function benchYaml(): Result[] {
  const run = agreeing();
  const result = compareTimes({
    name: 'YAML of 8,000 objects', peerName: `yaml ${versionOf('yaml')}, with the options of cdk8s`, goal: 1 / 5, runs: 7,
    ours: () => run('yaml-ours', 800), peer: () => run('yaml-package', 800),
  });
  return [{ ...result, note: `${(1 / result.ratio).toFixed(1)} times as fast with the same bytes` }];
}
