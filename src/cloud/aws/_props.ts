import type { IConstruct } from 'constructs';
import type { z } from 'zod';
import { MartyError } from '../../errors';
import { problemsOf } from '../../spec/problems';

/** The path of a construct that is not made yet. */
export const pathIn = ({ node }: IConstruct, id: string) => `${node.path && `${node.path}/`}${id}`;

/**
 * The properties of a construct with every default filled.
 *
 * @throws PROPS_INVALID with everything that is wrong with them.
 */
export function propsOf<S extends z.ZodType>(schema: S, props: unknown, path: string): z.output<S> {
  const problems = problemsOf(schema, props);
  if (problems.length) throw new MartyError('PROPS_INVALID', `${path}: the properties cannot be used:`, { problems });
  return schema.parse(props);
}
