/** What differs between the engines of RDS and Aurora. */
export interface DatabaseEngine {
  readonly port: number;
  /** The family of parameters of a version at RDS. */
  readonly family: (version: string) => string;
  /** What RDS writes to CloudWatch. */
  readonly logs: readonly string[];
  /** TLS alone, and what a statement that is slow or changes tables leaves in the log. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Its name at Aurora. */
  readonly aurora: string;
  /** The family of parameters of a version at Aurora. */
  readonly auroraFamily: (version: string) => string;
  readonly auroraLogs: readonly string[];
  /** How far Aurora can go back without a copy, in seconds; nothing where it cannot. */
  readonly auroraBacktrackSeconds?: number;
  /** TLS alone, and what a statement that is slow or changes tables leaves in the log. */
  readonly auroraParameters: Readonly<Record<string, string>>;
}

const postgresParameters = { 'rds.force_ssl': '1', 'log_statement': 'ddl', 'log_min_duration_statement': '1000' } as const;

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.html */
export const engines: Readonly<Record<'postgres' | 'mysql', DatabaseEngine>> = {
  postgres: {
    port: 5432,
    family: version => `postgres${version.split('.')[0]}`,
    logs: ['postgresql', 'upgrade'],
    parameters: postgresParameters,
    aurora: 'aurora-postgresql',
    auroraFamily: version => `aurora-postgresql${version.split('.')[0]}`,
    auroraLogs: ['postgresql'],
    auroraParameters: postgresParameters,
  },
  mysql: {
    port: 3306,
    family: version => `mysql${version.split('.').slice(0, 2).join('.')}`,
    logs: ['error', 'slowquery'],
    parameters: { require_secure_transport: '1', slow_query_log: '1', long_query_time: '1', log_output: 'FILE' },
    aurora: 'aurora-mysql',
    auroraFamily: version => `aurora-mysql${version.split('.').slice(0, 2).join('.')}`,
    auroraLogs: ['audit', 'error', 'general', 'slowquery'],
    auroraBacktrackSeconds: 86_400,
    auroraParameters: { require_secure_transport: 'ON', slow_query_log: '1', long_query_time: '1', server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL' },
  },
};
