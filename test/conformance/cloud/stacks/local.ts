import type { Arguments, TerraformJson } from '../../../../src/cloud/validate/stack';

/** Where a stack keeps its state when nobody may be reached: in a file. */
export type StatePlace = (stack: string) => string;

interface NamedStack { readonly name: string; readonly json: TerraformJson }

/**
 * A stack that can be brought to life on this machine and taken away again: its state is in a file, it reads the states of the others from theirs,
 * and nothing is kept from being destroyed. All else is as it was.
 */
export function localized({ name: own, json }: NamedStack, all: readonly NamedStack[], place: StatePlace): TerraformJson {
  const remote = json.data?.terraform_remote_state ?? {};
  const states = Object.entries(remote).map(([name, state]): [string, Arguments] => {
    const owner = all.find(other => keepsStateAt(other, state));
    if (!owner) throw new Error(`data.terraform_remote_state.${name}: no stack of the app keeps its state at ${JSON.stringify(state.config)}`);
    return [name, { ...state, backend: 'local', config: { path: place(owner.name) } }];
  });
  return {
    ...json,
    terraform: { ...json.terraform, backend: { local: { path: place(own) } } },
    ...states.length > 0 && { data: { ...json.data, terraform_remote_state: Object.fromEntries(states) } },
    ...json.resource && { resource: Object.fromEntries(Object.entries(json.resource).map(([type, named]) => [type, destroyable(named)])) },
  };
}

/** Whether the configuration of a remote state has all that the backend of the stack has. */
function keepsStateAt({ json }: NamedStack, { backend, config }: Arguments): boolean {
  const own = (json.terraform?.backend as Readonly<Record<string, Arguments>> | undefined)?.[String(backend)];
  return own !== undefined && Object.entries(own).every(([key, value]) => JSON.stringify((config as Arguments)[key]) === JSON.stringify(value));
}

function destroyable(named: Readonly<Record<string, Arguments>>): Readonly<Record<string, Arguments>> {
  return Object.fromEntries(Object.entries(named).map(([name, body]) => {
    const { prevent_destroy: _, ...lifecycle } = (body.lifecycle ?? {}) as Arguments;
    return [name, body.lifecycle === undefined ? body : { ...body, lifecycle }];
  }));
}
