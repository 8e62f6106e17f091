import { examplesJudge } from './examples-judge';
import { goJudge } from './go-judge';
import { goPins } from './go-pins';
import type { Judge } from './judge';
import { mavenJudge } from './maven-judge';
import { npmJudge } from './npm-judge';
import { pathJudge, presentOr } from './path-judge';
import { pythonJudge } from './python-judge';
import { terraformPluginJudge } from './terraform-plugin-judge';

/** Every judge there is. Those with a folder of pins can be built; the others are used when they are on the PATH. */
export function catalogue(): readonly Judge[] {
  return [
    // Terraform alone is on many machines already, and takes long to build.
    ...goPins().map(pins => (pins.name === 'terraform' ? presentOr(goJudge(pins), ['version']) : goJudge(pins))),
    examplesJudge(),
    npmJudge('backstage-catalog'),
    npmJudge('cdktf-cli'),
    npmJudge('cdktn'),
    pythonJudge('checkov'),
    pythonJudge('moto'),
    mavenJudge('kafka'),
    mavenJudge('kafka-3.9'),
    pathJudge('kubectl', ['version', '--client']),
    pathJudge('kube-linter', ['version']),
    pathJudge('polaris', ['version']),
    pathJudge('trivy', ['--version']),
    terraformPluginJudge('aws'),
  ];
}

/** @throws Error when there is no judge of that name. */
export function judgeNamed(name: string, judges: readonly Judge[] = catalogue()): Judge {
  const judge = judges.find(candidate => candidate.name === name);
  if (!judge) throw new Error(`judge: name is ${name}, expected one of ${judges.map(known => known.name).join(', ')}`);
  return judge;
}
