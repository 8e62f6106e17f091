import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { z } from 'zod';
import type { Declared } from '../../spec/microservice';
import type { Port } from '../../spec/ports';
import type { Store } from '../../spec/stores';
import type { TopicSpec } from '../../spec/topics';
import type { Client } from './clients';
import type { Connection } from './stores';

type None = Record<never, never>;
type PortOf<C> = C extends { readonly type?: infer P } ? Exclude<P, undefined> : never;
type KindOf<S> = S extends Store<infer K> ? K : never;
type MessageOf<T> = T extends TopicSpec<infer M> ? M : never;

/** What a service has of its description while it runs. */
export interface Service<D extends Declared> {
  readonly name: string;
  readonly team: string;
  readonly platform: string;
  /** The environment it runs in. */
  readonly environment: string;
  /** Its configuration. Reloadable keys change while it runs: read them where they are used. */
  readonly config: Readonly<z.output<D['config']>>;
  /** A client for each declared call. */
  readonly clients: { readonly [A in keyof D['calls']]: Client<PortOf<D['calls'][A]>> };
  /** How to connect to each declared store. */
  readonly stores: { readonly [A in keyof D['stores']]: Connection<KindOf<D['stores'][A]>> };
  /** Reads a declared secret anew, so that a rotated one is found. */
  readonly secrets: { readonly [A in keyof D['secrets']]: () => Promise<string> };
  /**
   * Sends a message to a declared topic.
   * @throws NOT_AVAILABLE messaging is not part of this version.
   */
  publish<A extends keyof D['produces'] & string>(topic: A, message: MessageOf<D['produces'][A]>): Promise<void>;
}

/** Answers HTTP requests: a function such as `node:http` takes, or an app of express and the like. An error becomes a response 500. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Takes a TCP connection. An error closes it. */
export type TcpHandler = (socket: Socket) => unknown;

/** What serves a port: a handler, or for gRPC the implementation of its API. */
export type Handler<P> = P extends Port<'http'> ? HttpHandler
  : P extends Port<'tcp'> ? TcpHandler
    : P extends Port<'grpc', infer A> ? A : never;

/** What every service may have. */
interface Lifecycle {
  /** Whether requests may come, asked at every check of readiness. @default - always, once started */
  readonly ready?: () => boolean | Promise<boolean>;
  /** Gives back what was opened, after the last request is answered. @default - nothing to give back */
  readonly stop?: () => unknown;
}

/** Every declared port needs its handler. */
type Serving<P> = keyof P extends never ? { readonly serve?: None } : { readonly serve: { readonly [A in keyof P]: Handler<P[A]> } };

/** Every consumed topic needs its handler. */
type Consuming<I> = keyof I extends never ? { readonly on?: None }
  : { readonly on: { readonly [A in keyof I]: (message: MessageOf<I[A]>) => Promise<void> } };

/** What a service is made of: something for each port and each topic that its description declares. */
export type Parts<D extends Declared> = Lifecycle & Serving<D['ports']> & Consuming<D['consumes']>;
