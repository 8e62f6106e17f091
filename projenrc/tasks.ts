import type { typescript } from 'projen';

const script = (file: string) => `jiti ${file}`;

/** The commands of the project; the same names for good, since other tools build on them. */
export function addTasks(project: typescript.TypeScriptProject): void {
  project.compileTask.reset('tsc --build tsconfig.json');
  project.compileTask.exec(script('projenrc/assets.ts'));
  project.postCompileTask.reset();

  // projen's own test task updates snapshots, passes without tests and mends while it lints; a gate does none of it.
  project.testTask.reset();
  project.testTask.spawn(project.compileTask);
  const lint = project.tasks.tryFind('eslint');
  if (lint) project.testTask.spawn(lint);
  project.testTask.exec('tsc --noEmit -p tsconfig.dev.json');
  project.testTask.exec('jest --ci', { receiveArgs: true });

  // Plain npm scripts where the exit code matters: projen's runner turns every failure into 1.
  const scripts: Readonly<Record<string, string>> = {
    'synth': `tsc --build tsconfig.json && ${script('projenrc/assets.ts')} && node bin/marty synth --cwd examples/petstore`,
    'conformance': script('test/conformance/main.ts'),
    'judges': script('test/conformance/judges.ts'),
    'bench': script('bench/main.ts'),
    'mutation': script('test/mutation/main.ts'),
    'fuzz': script('test/fuzz/main.ts'),
    'import': script('projenrc/imports/main.ts'),
    'golden:update': 'GOLDEN_UPDATE=1 jest --ci test/golden',
    'doors:update': 'DOORS_UPDATE=1 jest --ci test/architecture/doors',
  };
  for (const [name, command] of Object.entries(scripts)) project.setScript(name, command);
}
