/** A judge that is on the machine. */
export interface FoundJudge {
  readonly name: string;
  readonly version: string;
  /** The program to run. */
  readonly path: string;
}

/** A real component that judges our output: a server, a linter, a validator. */
export interface Judge {
  readonly name: string;
  /** The pinned version, or `any` for one that is only ever found on the PATH. */
  readonly version: string;
  /** Its absence is never a failure: it is in no registry, so nobody can be asked to build it. */
  readonly optional: boolean;
  find(): Promise<FoundJudge | undefined>;
  /** What to do for one that is only found. @default - have it on the PATH */
  readonly how?: string;
  /** Builds it into the cache. Absent for judges that are only found. */
  readonly install?: (talk: (line: string) => void) => Promise<FoundJudge>;
}

/** A tool outside this repository that is needed and is not there; the message says how to get it. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool';
}
