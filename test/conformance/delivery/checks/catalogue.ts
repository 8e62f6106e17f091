import { createJiti } from 'jiti';
import { verdictOf, type Check } from '../../runner/check';
import { fleets } from '../repository';
import { catalogOf, type Entity } from '../../../../src/cli/catalog/entities';

/** As much of Backstage's model as is asked. */
interface Model {
  readonly SchemaValidEntityPolicy: new () => { enforce(entity: unknown): Promise<unknown> };
  readonly FieldFormatEntityPolicy: new () => { enforce(entity: unknown): Promise<unknown> };
  readonly NoForeignRootFieldsEntityPolicy: new () => { enforce(entity: unknown): Promise<unknown> };
}
type Validators = Readonly<Record<string, { check(entity: unknown): Promise<boolean> }>>;

const validatorOf = (kind: Entity['kind']) => `${kind === 'API' ? 'api' : kind.toLowerCase()}EntityV1alpha1Validator`;

/** Backstage's own model takes every entity: its schemas, its rules for names, and the schema of each kind. */
export const catalogueCheck: Check = {
  name: 'backstage-catalog',
  judges: ['backstage-catalog'],
  run: async function* (context) {
    const judge = context.judge('backstage-catalog');
    const model = createJiti(__filename)(judge.path) as Model & Validators;
    const { SchemaValidEntityPolicy, FieldFormatEntityPolicy, NoForeignRootFieldsEntityPolicy } = model;
    const policies = [SchemaValidEntityPolicy, FieldFormatEntityPolicy, NoForeignRootFieldsEntityPolicy].map(Policy => new Policy());
    const refusal = async (entity: Entity): Promise<string | undefined> => {
      try {
        for (const policy of policies) await policy.enforce(entity);
        return await model[validatorOf(entity.kind)].check(entity) ? undefined : 'it is of another kind';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    const entities = fleets(60).flatMap(({ title, services }) => {
      const { shared, services: own } = catalogOf(services);
      return [...shared, ...Object.values(own).flat()].map(entity => ({ title, entity }));
    });
    const problems: string[] = [];
    for (const { title, entity } of entities) {
      const reason = await refusal(entity);
      if (reason !== undefined) problems.push(`${title}: ${entity.kind} ${entity.metadata.name}: ${reason}`);
    }
    // A judge that takes everything would say nothing.
    const [{ entity: good }] = entities.filter(({ entity }) => entity.kind === 'Component');
    const bad: readonly Entity[] = [{ ...good, metadata: { ...good.metadata, name: 'a b' } }, { ...good, spec: { ...good.spec, owner: undefined } }, { ...good, spec: { ...good.spec, dependsOn: 'orders' } }];
    for (const entity of bad) if (await refusal(entity) === undefined) problems.push(`it takes ${JSON.stringify(entity)}, expected a refusal`);
    yield verdictOf(judge, 'entities of examples and generated fleets', entities.length, problems.slice(0, 40));
  },
};
