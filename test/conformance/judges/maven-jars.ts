import { createHash } from 'node:crypto';

/** What a judge from a Maven repository consists of. */
export interface Jars {
  /** The jar whose version is that of the judge: `group:artifact`. */
  readonly program: string;
  readonly jars: readonly Jar[];
}

export interface Jar {
  /** `group:artifact:version` */
  readonly jar: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A project that depends on exactly these jars: whatever they depend on is in the list or left out on purpose. */
export function pomOf({ jars }: Pick<Jars, 'jars'>): string {
  return [
    '<project>',
    '  <modelVersion>4.0.0</modelVersion>',
    '  <groupId>judge</groupId><artifactId>judge</artifactId><version>1</version><packaging>pom</packaging>',
    '  <dependencies>',
    ...jars.map(({ jar }) => {
      const [group, artifact, version] = jar.split(':');
      return `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>`
        + '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>';
    }),
    '  </dependencies>',
    '</project>',
    '',
  ].join('\n');
}

/** In what the files that came differ from the list: missing, of another content, not listed. */
export function differences({ jars }: Pick<Jars, 'jars'>, files: readonly { readonly file: string; readonly content: Buffer }[]): string[] {
  const listed = new Map(jars.map(each => [fileOf(each), each]));
  const came = new Set(files.map(({ file }) => file));
  return [
    ...[...listed.keys()].filter(file => !came.has(file)).map(file => `${file} is missing`),
    ...files.flatMap(({ file, content }) => {
      const expected = listed.get(file);
      if (!expected) return [`${file} came and is not in jars.json`];
      const sha256 = createHash('sha256').update(content).digest('hex');
      return content.length === expected.bytes && sha256 === expected.sha256
        ? []
        : [`${file} is ${content.length} bytes with SHA-256 ${sha256}, expected ${expected.bytes} bytes with ${expected.sha256}`];
    }),
  ];
}

/** The name of a jar in a folder: `artifact-version.jar`. */
export function fileOf({ jar }: Pick<Jar, 'jar'>): string {
  const [, artifact, version] = jar.split(':');
  return `${artifact}-${version}.jar`;
}
