import { at } from '../_at';

interface ServiceProblem { readonly path: string; readonly message: string; readonly remedy: string }

const remedy = 'keep it; or give the Service another name and let its callers follow; or, where it may be gone for a moment, delete it in the cluster first';

/** What a Service keeps for as long as it exists; one that is only another name has none of it. */
export function serviceProblems(before: unknown, after: unknown): ServiceProblem[] {
  if ([before, after].some(service => at(service, 'spec', 'type') === 'ExternalName')) return [];
  return [...addressProblems(before, after), ...familyProblems(before, after)];
}

/** An address that is left out is whatever it was, but for one that never was. */
function addressProblems(before: unknown, after: unknown): ServiceProblem[] {
  const [was, is] = [addressOf(before), addressOf(after)];
  if (was === is || (was !== 'None' && is === undefined) || (was === undefined && is !== 'None')) return [];
  const why = is === undefined ? 'the cluster leaves it as it was, without an address' : 'the address of a Service never changes';
  return [{ path: 'spec.clusterIP', message: `is ${is ?? 'unset'}, was ${was ?? 'unset'}: ${why}`, remedy }];
}

function addressOf(service: unknown): string | undefined {
  const address = at(service, 'spec', 'clusterIP');
  return typeof address === 'string' && address !== '' ? address : undefined;
}

function familyProblems(before: unknown, after: unknown): ServiceProblem[] {
  const first = (service: unknown): unknown => {
    const families = at(service, 'spec', 'ipFamilies');
    return Array.isArray(families) ? families[0] : undefined;
  };
  const [was, is] = [first(before), first(after)];
  if (was === undefined || is === undefined || was === is) return [];
  return [{ path: 'spec.ipFamilies[0]', message: `is ${String(is)}, was ${String(was)}: the first family of a Service never changes`, remedy }];
}
