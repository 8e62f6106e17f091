import type { NodePool } from '../cluster/node-pools';

/** One thing that is wrong with a pool's machines. */
interface MachineProblem {
  readonly path: (string | number)[];
  readonly message: string;
}

const shape = /^(?!mac)[a-z][a-z0-9]*(-[a-z0-9]+)*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;
/** Graviton, and the machines in which NVIDIA pairs its accelerators with processors of ARM. */
const arm = /^([a-z]+\d+g[a-z]*|a1|p\d+e-gb\d+)\./;
/** Those of the families g and p, but for the ones with accelerators of AMD. */
const nvidia = /^(?!g4ad)(gr?|p)\d/;

/**
 * What is wrong with types of machines: no type at all, another processor than the pool's, or none of the accelerators that it says.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function machineProblems(pools: Readonly<Record<string, Pick<NodePool, 'arch' | 'gpu' | 'machines'>>>): MachineProblem[] {
  return Object.entries(pools).flatMap(([name, { arch, gpu, machines = [] }]) => machines.flatMap((machine, index): MachineProblem[] => {
    const path = ['nodePools', name, 'machines', index];
    if (!shape.test(machine)) return [{ path, message: 'expected a type of machine of EC2 that nodes run on, such as m7i.large' }];
    const own = arm.test(machine) ? 'arm64' : 'amd64';
    if (own !== arch) return [{ path, message: `is a machine of ${own} in a pool of ${arch}; choose others, or say arch: '${own}'` }];
    return gpu && !nvidia.test(machine) ? [{ path, message: 'is a machine without accelerators of NVIDIA; choose one of the families g and p such as g6.xlarge, or leave gpu out' }] : [];
  }));
}
