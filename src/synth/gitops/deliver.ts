import { argoCdOf, placeProblems } from './argo-cd';
import { fluxOf } from './flux';
import { checkDeliveries, type DeliveryOptions } from './options';
import { stagesOf, type Stage } from './unit';
import { fileNamesOf, type Manifest } from '../_file-name';
import { MartyError } from '../../errors';
import { problemsOfManifest } from '../../manifests/schema';
import { textOf, type ObjectFile, type RenderedObject } from '../render';

/**
 * The objects that tell Argo CD or Flux to apply an output.
 *
 * @param objects what the output holds.
 * @param environments every environment that there is, also those that are not rendered now.
 * @throws PROPS_INVALID when the options are wrong, or would send two environments to one place.
 * @throws PLATFORM_INVALID when something of the output belongs to no environment.
 * @throws MANIFEST_INVALID when an object would be refused by the API server.
 */
export function deliveryOf(
  objects: readonly RenderedObject[], given: DeliveryOptions | readonly DeliveryOptions[], environments: readonly string[],
): ObjectFile[] {
  const deliveries = checkDeliveries(given, environments);
  const stages = stagesOf(objects);
  const shared = deliveries.flatMap(options => (options.tool === 'argo-cd' ? placeProblems(stages, options) : []));
  if (shared.length) throw new MartyError('PROPS_INVALID', 'the output cannot be delivered:', { problems: shared });
  const placed = deliveries.flatMap(options => stages.flatMap(stage => (
    (options.tool === 'flux' ? fluxOf(stage, options) : argoCdOf(stage, options)).map(each => ({ ...each, manifest: each.manifest as Manifest, stage })))));
  const names = fileNamesOf(placed);
  const problems = placed.flatMap(({ folder, manifest, stage }) => problemsOfManifest(manifest, kubernetesOf(stage)).map(({ message }) => ({ path: `${folder}/${manifest.metadata?.name}`, message })));
  if (problems.length) throw new MartyError('MANIFEST_INVALID', 'what delivers the output would be refused:', { problems });
  return placed.map(({ folder, manifest }, index) => (
    { folder, file: `${names[index]}.yaml`, construct: '', text: textOf(manifest) }));
}

const kubernetesOf = ({ shared, services }: Stage) => (shared ?? services[0]).kubernetes;
