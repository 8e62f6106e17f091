import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { exampleFleets } from '../support/examples';
import { renderPlatform } from '../support/manifests';

interface Fixed { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly namespace?: string; readonly selector?: object }
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, object>>;
}

/** Every file of the first release of the petstore: its place, what it defines, and what it selects. Never rewritten. */
const first = JSON.parse(readFileSync(join(__dirname, 'first-slice/petstore.json'), 'utf8')) as Record<string, Fixed>;
const petstore = exampleFleets().find(({ name }) => name === 'petstore');

it.each(['dev', 'staging', 'production', 'production-eu'])('what the petstore had in %s is where it was, under its name, selecting what it selected', environment => {
  const text = renderPlatform(petstore?.services ?? [], environment, join(petstore?.folder ?? '', 'releases')).text();
  const files = new Map(text.split(/^--- # /m).filter(Boolean).map(file => [file.slice(0, file.indexOf('\n')), file.slice(file.indexOf('\n'))]));
  const before = Object.entries(first).filter(([path]) => path.startsWith(`${environment}/`));
  expect(before.length).toBeGreaterThan(35);
  for (const [path, fixed] of before) {
    const { apiVersion, kind, metadata, spec } = parseDocument(files.get(path) ?? '{}').toJS() as Manifest;
    const selector = spec?.selector ?? spec?.podSelector ?? spec?.endpointSelector;
    const found: Fixed = {
      apiVersion, kind, name: metadata?.name,
      ...(metadata?.namespace ? { namespace: metadata.namespace } : {}),
      ...(selector && Object.keys(selector).length ? { selector } : {}),
    };
    expect({ path, ...found }).toEqual({ path, ...fixed });
  }
});
