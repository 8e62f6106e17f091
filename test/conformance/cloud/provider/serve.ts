import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Handler } from './pretend';

const service = '/tfplugin6.Provider/';

/** Calls that are answered with an empty message: no complaints, nothing to tell. Every other one that nobody handles fails loudly. */
const empty = ['ValidateProviderConfig', 'ValidateDataResourceConfig', 'ValidateEphemeralResourceConfig', 'ConfigureProvider', 'CloseEphemeralResource', 'StopProvider'];

/** A provider that listens in this process. */
export interface ServedProvider {
  /** Its entry in `TF_REATTACH_PROVIDERS`. */
  readonly reattach: object;
  close(): void;
}

/** Serves the plugin protocol on a free port of this machine alone. @see https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol */
export async function serve(schema: Buffer, handlers: Readonly<Record<string, Handler>>): Promise<ServedProvider> {
  const server = new Server({ 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 });
  const answers: Readonly<Record<string, Handler>> = {
    GetProviderSchema: () => schema,
    ...Object.fromEntries(empty.map(call => [call, () => Buffer.alloc(0)])),
    ...handlers,
  };
  const asIs = (content: Buffer) => content;
  const definition: ServiceDefinition = Object.fromEntries(Object.keys(answers).map(call => [call, {
    path: `${service}${call}`, requestStream: false, responseStream: false,
    requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs,
  }]));
  const implementation: UntypedServiceImplementation = Object.fromEntries(Object.entries(answers).map(([call, answer]) => [call, answering(answer)]));
  server.addService(definition, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    // With Test it is not Terraform that ends this process when it is done.
    reattach: { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: { Network: 'tcp', String: `127.0.0.1:${port}` } },
    close: () => server.forceShutdown(),
  };
}

/** What goes wrong in an answer is told to Terraform, which names the resource that it asked about. */
function answering(answer: Handler) {
  return ({ request }: { readonly request: Buffer }, respond: (error: Error | null, response?: Buffer) => void): void => {
    try {
      respond(null, answer(request));
    } catch (error) {
      respond(error instanceof Error ? error : new Error(String(error)));
    }
  };
}
