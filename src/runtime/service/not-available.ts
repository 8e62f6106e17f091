import { MartyError, type Problem } from '../../errors';
import { isLasting } from '../../spec/workload';
import type { MicroserviceSpec } from '../../spec/microservice';

const reasons = {
  grpc: 'needs gRPC, which is not part of this version of marty-msf; offer an http port until it is',
  messaging: 'needs messaging, which is not part of this version of marty-msf; remove the topic until it is',
} as const;

/** What is declared and typed, and has no library behind it yet. */
export type Missing = keyof typeof reasons;

/** The error of whoever uses what has no library behind it yet. */
export function notAvailable(subject: string, what: Missing): MartyError {
  return new MartyError('NOT_AVAILABLE', `${subject} ${reasons[what]}`);
}

/**
 * Makes sure that whatever others expect of a service can be served.
 *
 * @throws NOT_AVAILABLE with every port and topic that cannot.
 */
export function checkAvailable({ name, data }: MicroserviceSpec): void {
  const problems: Problem[] = [
    ...Object.entries(data.ports).filter(([, { protocol }]) => protocol === 'grpc').map(([alias]) => ({ path: `ports.${alias}`, message: reasons.grpc })),
    ...(isLasting(data.workload.kind) ? [] : [{ path: 'workload.kind', message: `is "${data.workload.kind}", which runs to an end; read its configuration with loadRuntimeConfig and run it` }]),
    ...Object.keys(data.consumes).map(alias => ({ path: `consumes.${alias}`, message: reasons.messaging })),
  ];
  if (problems.length) throw new MartyError('NOT_AVAILABLE', `${name} cannot be served:`, { problems });
}
