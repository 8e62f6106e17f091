export { createService, type RunningService, type ServiceOptions } from './service';
export type { Client, HttpClient, TcpClient } from './clients';
export type { AccessKey, BucketConnection, Connection, Credentials, PostgresConnection, RedisConnection } from './stores';
export type { Handler, HttpHandler, Parts, Service, TcpHandler } from './types';
