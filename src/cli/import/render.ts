import { App } from 'cdk8s';
import { parse } from 'yaml';
import { PlatformChart } from '../../charts';
import { parseDescription, type Description } from '../../spec/description';
import { folderOf } from '../../spec/names';
import { render } from '../../synth/render';
import type { Fields } from './value';

/** A rendered object, and the service that it belongs to; none for what services share. */
export interface RenderedObject { readonly service?: string; readonly object: Fields }

/**
 * Renders a description in memory, as its files would read.
 *
 * @throws SPEC_INVALID, PLATFORM_INVALID or MANIFEST_INVALID when it cannot be rendered.
 */
export function renderDescription(description: Description, environment: string, releases: Readonly<Record<string, string>>): RenderedObject[] {
  const app = new App();
  const services = parseDescription(description);
  new PlatformChart(app, environment, { environment, services, releases });
  return render(app).map(({ folder, text }) => (
    { service: folder === folderOf(environment) ? undefined : folder.slice(environment.length + 1), object: parse(text) as Fields }));
}
