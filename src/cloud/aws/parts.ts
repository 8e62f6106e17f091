import type { AwsCluster } from './aws-cluster';
import type { AwsNetwork } from './aws-network';
import { zoneLetters } from '../network/plan';
import { MartyError, isMartyError, type Problem } from '../../errors';

/** Makes the parts of a stack one after the other, so that what is wrong with any of them is told at once. */
export class Parts {
  private readonly problems: Problem[];

  /** @param path the stack, @param services names of services, of which problems are told as they are, @param problems what is wrong already */
  constructor(private readonly path: string, private readonly services: readonly string[], problems: readonly Problem[]) {
    this.problems = [...problems];
  }

  /** @throws PROPS_INVALID where something is wrong without which parts cannot be judged. */
  need(problems: readonly Problem[]): void {
    this.problems.push(...problems);
    if (problems.length) this.check();
  }

  /**
   * Makes a part.
   *
   * @param at what it is called in the properties of the stack, or where a path of its own is in them.
   * @param standIn what the parts after it are made with where it cannot be made; they are thrown away then.
   */
  make<T>(at: string | ((path: string) => string), part: () => T, standIn: T): T {
    try {
      return part();
    } catch (error) {
      if (!isMartyError(error, 'PROPS_INVALID') || error.problems.length === 0) throw error;
      const isOfService = (path: string) => this.services.some(name => path.startsWith(`${name}.`));
      const placed = (path: string) => (isOfService(path) ? path : typeof at === 'string' ? [at, path].filter(Boolean).join('.') : at(path));
      this.problems.push(...error.problems.map(({ path, message }) => ({ path: placed(path), message })));
      return standIn;
    }
  }

  /** @throws PROPS_INVALID with everything that is wrong with the parts. */
  check(): void {
    if (this.problems.length) throw new MartyError('PROPS_INVALID', `${this.path}: the stack cannot be made:`, { problems: this.problems });
  }
}

/** A network that stands in for one that cannot be made: it has every tier, in the zones that were asked for. */
export function someNetwork({ zones }: { readonly zones: unknown }): AwsNetwork {
  const asked = zoneLetters.filter(zone => Array.isArray(zones) && zones.includes(zone));
  const subnets = Object.fromEntries((asked.length > 1 ? asked : zoneLetters.slice(0, 3)).map(zone => [zone, `subnet-${zone}`]));
  return { vpcId: 'vpc-0', cidr: '10.0.0.0/16', dataRanges: [], internet: undefined, rangesOf: () => [], subnetsOf: tier => (tier === 'pods' ? {} : subnets) };
}

/** A cluster that stands in for one that cannot be made. */
export const someCluster: AwsCluster = { name: 'none', version: '', endpoint: '', certificateAuthority: '', nodeSecurityGroupId: 'sg-00000000' };
