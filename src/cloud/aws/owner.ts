import type { IConstruct } from 'constructs';
import type { MicroserviceSpec } from '../../spec/microservice';

/** A resource of AWS that takes tags. */
interface Tagged { tags: Record<string, string>; readonly tagsInput?: Readonly<Record<string, string>> }

/** Tags everything in a construct with the service that it is of and its team, by which bills are split and people are found. */
export function tagOwner(construct: IConstruct, { name, data: { team } }: MicroserviceSpec): void {
  const tagged = construct.node.findAll().filter((each): each is IConstruct & Tagged => 'tagsInput' in each);
  for (const resource of tagged) resource.tags = { ...resource.tagsInput, service: name, team };
}
