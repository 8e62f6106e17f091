import { basename } from 'node:path';
import { MartyError } from '../../errors';
import { problemsOf } from '../../spec/problems';
import { labelSchema } from '../../spec/syntax';

/**
 * The name of a new project: the one that is given, else the folder's, as far as it can be one. It names the platform, its namespace and the
 * package.
 *
 * @throws USAGE when it is no DNS label of at most 40 characters.
 */
export function projectName(folder: string, given: string | undefined): string {
  const name = given ?? basename(folder).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 40).replace(/-+$/, '');
  const [problem] = problemsOf(labelSchema(40), name);
  if (problem) throw new MartyError('USAGE', given === undefined ? `the folder ${folder} gives no name to the project; give one with --name` : `--name ${problem.message}`);
  return name;
}
