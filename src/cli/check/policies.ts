import { types } from 'node:util';
import { createJiti } from 'jiti';
import { isMartyError, MartyError } from '../../errors';
import type { Policy } from '../../spec/policy';
import type { Io } from '../io';

/**
 * The policies that a module exports, each or in a list, in the order of their ids.
 *
 * @throws PROJECT_INVALID when the module cannot be loaded or exports no policy, or two of one id.
 */
export async function loadPolicies(io: Io, path: string): Promise<readonly Policy[]> {
  if (!io.files.exists(path)) throw new MartyError('PROJECT_INVALID', `${path} is not there, expected a module that exports policies`);
  const values = inside(await load(path));
  const found = [...new Set(values.flatMap(value => (isPolicy(value) ? [value] : inside(value).filter(isPolicy))))];
  if (!found.length) throw new MartyError('PROJECT_INVALID', `${path} exports no policy; export what \`definePolicy({ … })\` returns, each or in a list`);
  const twice = found.find(({ id }, index) => found.findIndex(other => other.id === id) !== index);
  if (twice) throw new MartyError('PROJECT_INVALID', `${path} exports two policies of the id ${twice.id}; rename one`);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function load(path: string): Promise<unknown> {
  try {
    return await createJiti(path).import(path);
  } catch (cause) {
    if (isMartyError(cause)) throw cause;
    throw new MartyError('PROJECT_INVALID', `${path} cannot be loaded: ${types.isNativeError(cause) ? cause.message : String(cause)}`, { cause });
  }
}

/** They may come from another copy of this package, so their shape tells them. */
function isPolicy(value: unknown): value is Policy {
  return typeof value === 'object' && value !== null && 'judge' in value && typeof value.judge === 'function' && 'validations' in value && 'id' in value;
}

function inside(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
