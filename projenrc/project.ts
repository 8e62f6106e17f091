import { javascript, typescript } from 'projen';
import { addExports } from './doors';
import { addLint } from './lint';
import { addTasks } from './tasks';

/** The whole project configuration; `npx projen` writes every generated file from it. */
export function configureProject(): typescript.TypeScriptProject {
  const project = new typescript.TypeScriptProject({
    name: 'marty-msf',
    description: 'One typed description per microservice; Kubernetes manifests and a running process that read it.',
    keywords: ['kubernetes', 'microservices', 'cdk8s', 'gitops', 'platform-engineering'],
    authorName: 'The marty-msf authors',
    license: 'Apache-2.0',
    copyrightOwner: 'The marty-msf authors',
    defaultReleaseBranch: 'main',
    packageManager: javascript.NodePackageManager.NPM,
    minNodeVersion: '20.19.0',
    projenrcTs: true,
    projenVersion: '0.103.25',
    typescriptVersion: '~5.9.3',
    sampleCode: false,
    github: false,
    release: false,
    depsUpgrade: false,
    package: false,
    bin: { marty: 'bin/marty' },
    peerDeps: ['@cdktf/provider-aws@^21.22.0', 'cdk8s@^2.70.0', 'cdktf@^0.21.0', 'constructs@^10.4.0', 'zod@^4.6.0'],
    peerDependencyOptions: { pinnedDevDependency: false },
    deps: ['commander@^14.0.0', 'jiti@^2.7.0', 'yaml@^2.8.0'],
    devDeps: [
      '@arethetypeswrong/cli@^0.18.5', '@cdktf/provider-aws@21.22.1', '@grpc/grpc-js@1.14.7', '@types/node@^20', 'ajv@^8.20.0', 'cdk8s@2.70.106', 'cdk8s-cli@2.207.60', 'cdk8s-plus-28@2.5.6',
      'cdktf@0.21.0', 'constructs@10.7.2', 'fast-check@^4.10.2', 'js-yaml@^4.3.2', 'zod@4.6.7',
    ],
    tsconfig: { compilerOptions: { ...strict, rootDir: 'src', outDir: 'lib' } },
    tsconfigDevFile: 'tsconfig.dev.json',
    tsconfigDev: {
      compilerOptions: { ...strict, noEmit: true, rootDir: '.', types: ['node', 'jest'], paths: doorPaths },
      include: ['.projenrc.ts', 'projenrc/**/*.ts', 'src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts'],
      exclude: ['node_modules', 'lib'],
    },
    eslint: true,
    eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'bench', 'projenrc'], fileExtensions: ['.ts'], prettier: false, commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] } },
    jestOptions: {
      updateSnapshot: javascript.UpdateSnapshot.NEVER,
      passWithNoTests: false,
      junitReporting: false,
      configFilePath: 'jest.config.json',
      jestConfig: {
        collectCoverage: false,
        // Its own choice is a core less, of which CI has two.
        maxWorkers: '100%',
        testMatch: ['<rootDir>/test/**/*.test.ts'],
        testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/conformance/'],
        modulePathIgnorePatterns: ['<rootDir>/lib/'],
        moduleNameMapper: { '^marty-msf$': '<rootDir>/src/index.ts', '^marty-msf/(.*)$': '<rootDir>/src/$1/index.ts' },
      },
    },
    tsJestOptions: { transformOptions: { isolatedModules: true } },
    gitignore: ['node_modules', '/lib/', '*.tsbuildinfo', '/examples/*/deploy/', '/examples/*/*/deploy/', 'cdktf.out', '*.tfstate', '*.tfstate.backup', '.terraform', '/deploy/', '/dist/', '/reports/', '.DS_Store'],
    npmignoreEnabled: false,
    entrypoint: 'lib/index.js',
    entrypointTypes: 'lib/index.d.ts',
  });
  addExports(project);
  addLint(project);
  addTasks(project);
  project.package.addField('files', ['bin', 'lib', '!lib/**/*.map', 'templates', 'CHANGELOG.md']);
  project.tryFindObjectFile('jest.config.json')?.addOverride('testMatch', ['<rootDir>/test/**/*.test.ts']);
  // Who describes no cluster of a cloud needs neither the engine nor a provider.
  project.package.addField('peerDependenciesMeta', { '@cdktf/provider-aws': { optional: true }, 'cdktf': { optional: true } });
  project.package.addField('type', 'commonjs');
  // 1.13.0 is published without the bindings of most platforms, so that no lock file of it can be installed.
  project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
  return project;
}

const strict: javascript.TypeScriptCompilerOptions = {
  target: 'ES2022',
  lib: ['ES2023'],
  module: 'node16',
  moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
  inlineSourceMap: false,
  inlineSources: false,
  sourceMap: true,
  noEmitOnError: true,
  stripInternal: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  types: ['node'],
};

/** Examples and snippets import the package by its name; inside the repository that is the source. */
const doorPaths = { 'marty-msf': ['./src/index.ts'], 'marty-msf/*': ['./src/*/index.ts'] };
