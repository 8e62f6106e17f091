import type { App } from 'cdk8s';

/**
 * Asks every construct once what is wrong with it; cdk8s asks again for every chart.
 *
 * @throws Error with all that is wrong, in the words of cdk8s.
 */
export function validate(app: App): void {
  const errors = app.node.findAll().flatMap(({ node }) => node.validate().map(error => `[${node.path}] ${error}`));
  if (errors.length) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
}
