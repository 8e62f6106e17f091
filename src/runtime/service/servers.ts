import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { report } from './report';
import type { HttpHandler, TcpHandler } from './types';

/** A port that can be listened on and be closed without cutting off who is being served. */
export interface PortServer {
  listen(port: number, host: string): Promise<void>;
  /** Goes on serving, and asks those it answers to come back elsewhere. */
  drain(): void;
  /** Takes no more, and waits for what is being served; whatever is left when the signal aborts is cut off. */
  close(deadline: AbortSignal): Promise<void>;
}

/** Serves HTTP; an error of the handler becomes a response 500 that tells nothing of the inside. */
export function httpPort(subject: string, handler: HttpHandler): PortServer {
  let leaving = false;
  const leave = () => { leaving = true; };
  const server = createHttpServer((request, response) => {
    if (leaving) response.shouldKeepAlive = false;
    response.once('close', () => {
      // The connection of a response that was under way when the server closed is idle only now.
      if (leaving && !server.listening) setImmediate(() => server.closeIdleConnections());
    });
    void answered(subject, handler, request, response);
  });
  return portServer(subject, server, leave, () => server.closeAllConnections());
}

/** The server of the management port, opened and closed like the others. */
export function managementPort(subject: string, server: HttpServer): PortServer {
  return portServer(subject, server, () => undefined, () => server.closeAllConnections());
}

/** Serves TCP connections; an error of the handler closes its connection. */
export function tcpPort(subject: string, handler: TcpHandler): PortServer {
  const open = new Set<Socket>();
  const server = createTcpServer(socket => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // Without a listener, a connection that its peer resets would end the process.
    socket.on('error', () => socket.destroy());
    void attempt(() => handler(socket)).catch((error: unknown) => {
      report(error, `${subject}: a connection failed`);
      socket.destroy();
    });
  });
  return portServer(subject, server, () => undefined, () => open.forEach(socket => socket.destroy()));
}

function portServer(subject: string, server: TcpServer, drain: () => void, cutOff: () => void): PortServer {
  return {
    drain,
    listen: async (port, host) => new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host }, () => {
        server.off('error', reject);
        server.on('error', error => report(error, `${subject}: a connection was not accepted`));
        resolve();
      });
    }),
    close: async deadline => new Promise<void>(resolve => {
      drain();
      deadline.addEventListener('abort', cutOff, { once: true });
      server.close(() => {
        deadline.removeEventListener('abort', cutOff);
        resolve();
      });
      if (deadline.aborted) cutOff();
    }),
  };
}

async function answered(subject: string, handler: HttpHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await attempt(() => handler(request, response));
  } catch (error) {
    report(error, `${subject}: ${request.method} ${(request.url ?? '').split('?')[0]} failed`);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.getHeaderNames().forEach(name => response.removeHeader(name));
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end('{"error":"internal server error"}\n');
  }
}

const attempt = async (work: () => unknown) => { await work(); };
