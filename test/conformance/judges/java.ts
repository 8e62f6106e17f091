import { MissingTool } from './judge';
import { execute } from '../runner/processes';

/** The oldest Java that runs what is asked. */
const oldest = 17;

const sources = {
  java: 'https://adoptium.net',
  javac: 'https://adoptium.net (a JDK, not only a JRE)',
  mvn: 'https://maven.apache.org/install.html',
};

export type JavaTool = keyof typeof sources;

/** @throws MissingTool for the first of these programs that is not there or too old. */
export async function requireJava(judge: string, tools: readonly JavaTool[]): Promise<void> {
  for (const tool of tools) {
    const how = `install it from ${sources[tool]} and have ${tool} on the PATH`;
    const text = await execute(tool, ['-version']).then(({ stdout, stderr }) => `${stdout}\n${stderr}`, () => undefined);
    if (text === undefined) throw new MissingTool(`judge ${judge}: ${tool} is missing${tool === 'mvn' ? '' : `, expected ${oldest} or newer`}; ${how}`);
    const major = tool === 'mvn' ? oldest : javaMajor(text);
    if (major < oldest) throw new MissingTool(`judge ${judge}: ${tool} is ${major}, expected ${oldest} or newer; ${how}`);
  }
}

/** The major version in what `java -version` or `javac -version` prints; `1.8.0` is 8, and what cannot be read is 0. */
export function javaMajor(text: string): number {
  const [, first = '0', second = '0'] = /(?:version "|javac )(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return Number(first === '1' ? second : first);
}
