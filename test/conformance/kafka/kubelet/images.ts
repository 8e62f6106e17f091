import type { FoundJudge } from '../../judges/judge';

/** Where Kafka's jars are in the image. */
export const imageJars = '/opt/kafka/libs';

/**
 * The judge whose jars stand for an image: the one of the version that the tag says.
 *
 * @throws Error when no judge is of that version
 */
export function judgeOfImage(image: string, judges: readonly FoundJudge[]): FoundJudge {
  const [, tag] = /:([^:/@]+)(?:@sha256:[0-9a-f]+)?$/.exec(image) ?? [];
  const judge = judges.find(({ version }) => version === tag);
  if (!judge) throw new Error(`container: image is ${image}, expected one with a tag of ${judges.map(({ version }) => version).join(' or ')}`);
  return judge;
}
