import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the folder of a Go judge says: everything about it is pinned there and nowhere else. */
export interface GoPins {
  readonly name: string;
  readonly folder: string;
  /** Import path of the program, from `tools.go`. */
  readonly program: string;
  /** Version of the module the program belongs to, from `go.mod`. */
  readonly version: string;
  /** The oldest Go that builds it, from `go.mod`. */
  readonly go: string;
  /** Changes when any pin or flag changes. */
  readonly fingerprint: string;
  /** The linker's flags. */
  readonly ldflags: string;
  /** Build tags, from `tools.go`; most have none. */
  readonly tags: string;
}

/** Every folder beside this file that holds a `go.mod`: adding a Go judge is adding a folder. */
export function goPins(): GoPins[] {
  return readdirSync(__dirname)
    .filter(name => existsSync(join(__dirname, name, 'go.mod')))
    .sort()
    .map(name => pinsOf(name, join(__dirname, name)));
}

function pinsOf(name: string, folder: string): GoPins {
  const files = ['go.mod', 'go.sum', 'tools.go'].map(file => readFileSync(join(folder, file), 'utf8'));
  const [goMod, , tools] = files;
  const program = capture(tools, /_ "([^"]+)"/, `${name}/tools.go: blank import`);
  const go = capture(goMod, /^go (\S+)$/m, `${name}/go.mod: go line`);
  const requirement = requirements(goMod)
    .filter(([module]) => program === module || program.startsWith(`${module}/`))
    .sort(([a], [b]) => b.length - a.length)[0];
  if (!requirement) throw new Error(`judge ${name}: go.mod requires no module that holds ${program}; run go mod tidy`);
  const version = requirement[1];
  const ldflags = ['-s', '-w', ...versionFlags(program, version)].join(' ');
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([...files, ldflags]))
    .digest('hex');
  const [, tags = ''] = /^\/\/ Built with the tags: (\S+)$/m.exec(tools) ?? [];
  return { name, folder, program, version, go, fingerprint, ldflags, tags };
}

function requirements(goMod: string): [module: string, version: string][] {
  return [...goMod.matchAll(/^(?:require )?\s*(\S+) (v\S+)(?: \/\/ indirect)?$/gm)].map(([, module, version]) => [
    module,
    version,
  ]);
}

/** What the linker tells: to Kubernetes its version, without which it calls itself v0.0.0; to Terraform and OpenTofu that they are a release. */
function versionFlags(program: string, version: string): string[] {
  const [, terraform] = /^(github\.com\/(?:hashicorp\/terraform|opentofu\/opentofu))(?:\/|$)/.exec(program) ?? [];
  if (terraform) return [`-X ${terraform}/version.dev=no`];
  if (!program.startsWith('k8s.io/kubernetes/')) return [];
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  return Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor }).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
}

function capture(text: string, pattern: RegExp, what: string): string {
  const found = pattern.exec(text);
  if (!found) throw new Error(`judge ${what} is missing`);
  return found[1];
}
