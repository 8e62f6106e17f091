import { z } from 'zod';
import { awsStackSchema, type AwsStackProps } from './aws-stack';
import { MartyError, type Problem } from '../../errors';
import { problemsOf } from '../../spec/problems';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Properties of a part, which looks into them itself, or something that was made by us and has these fields. */
export const partSchema = (what: string, has: readonly string[] = []) => z.custom<object>(value => isObject(value) && has.every(field => field in value), { error: `expected ${what}` });

/** Parts that every stack of services may have. */
export const servicesShape = {
  services: z.array(partSchema('a service, as a platform\'s microservice() makes it', ['platform', 'data'])).optional(),
  databases: partSchema('an object').optional(),
  buckets: partSchema('an object').optional(),
  topics: partSchema('an object').optional(),
  dns: partSchema('an object').optional(),
  secrets: partSchema('an object').optional(),
};

/** What a stack itself is made with, and what of its properties cannot be used. */
interface OwnProps {
  readonly props: AwsStackProps;
  readonly problems: readonly Problem[];
}

/**
 * Looks through the properties of a stack that has parts. What is wrong with its own ones is left out, so that what is wrong with its
 * parts can be told as well.
 *
 * @param shape the parts that it has.
 * @throws PROPS_INVALID where parts are missing, or what is said of them stands in no place.
 */
export function ownPropsOf(shape: z.ZodRawShape, props: unknown, path: string): OwnProps {
  const problems = problemsOf(awsStackSchema.extend(shape), props);
  const wrong = new Set(problems.map(problem => problem.path.split(/[.[]/, 1)[0]));
  const own = Object.keys(awsStackSchema.shape);
  // Parts are judged by where they are.
  if ([...wrong].some(key => key === 'region' || !own.includes(key))) throw new MartyError('PROPS_INVALID', `${path}: the properties cannot be used:`, { problems });
  const right = Object.entries(props as AwsStackProps).filter(([key]) => own.includes(key) && !wrong.has(key));
  return { problems, props: { account: '000000000000', state: 'local', ...Object.fromEntries(right) } as AwsStackProps };
}
