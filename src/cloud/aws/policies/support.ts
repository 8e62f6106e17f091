import { told } from '../../validate/json-value';
import type { Policy } from '../../validate/knowledge';
import { hasExpression } from '../../validate/template';
import { valueOf } from './_place';
import type { Problem } from './_place';
import { policy } from './_policy';
import type { SupportDates } from './support-dates';
import { caches, databases, kubernetes, supportOf } from './support-dates';

/** Versions that AWS supports on a day. */
export function supportPolicies(today: () => Date): readonly Policy[] {
  return [
    policy({ id: 'CKV_AWS_339', title: 'a cluster runs a version of Kubernetes that is supported', types: ['aws_eks_cluster'] }, ({ body }) =>
      versionProblem({ at: 'version', value: body.version, table: kubernetes, today: today(), extended: valueOf(body, 'upgrade_policy.support_type') === 'EXTENDED', consent: 'upgrade_policy.support_type to "EXTENDED"' })),
    policy({ id: 'MARTY_AWS_DATABASE_VERSION', title: 'a database runs a version that is supported', types: ['aws_rds_cluster', 'aws_db_instance'] }, ({ body }) =>
      versionProblem({
        at: 'engine_version', value: databaseVersion(body.engine_version), table: databases[String(body.engine)] ?? [], today: today(),
        extended: body.engine_lifecycle_support === 'open-source-rds-extended-support',
        consent: 'engine_lifecycle_support to "open-source-rds-extended-support"',
      })),
    policy({ id: 'MARTY_AWS_CACHE_VERSION', title: 'a cache runs a version that is supported', types: ['aws_elasticache_replication_group'] }, ({ body }) =>
      versionProblem({ at: 'engine_version', value: body.engine_version, table: caches[String(body.engine ?? 'redis')] ?? [], today: today(), extended: false })),
  ];
}

interface Asked {
  readonly at: string;
  readonly value: unknown;
  readonly table: readonly SupportDates[];
  readonly today: Date;
  /** Whether the stack says that it pays for extended support. */
  readonly extended: boolean;
  /** The argument that says so. */
  readonly consent?: string;
}

function versionProblem({ at, value, table, today, extended, consent }: Asked): readonly Problem[] {
  if ((typeof value !== 'string' && typeof value !== 'number') || hasExpression(value)) return [];
  const { support, row } = supportOf(String(value), table, today);
  if (support === 'standard' || (support === 'extended' && extended)) return [];
  const newest = table[table.length - 1]?.version;
  const since = support === 'extended' ? `is past its standard support (${row?.standard})` : `is past its support${row ? ` (${row.extended ?? row.standard})` : ''}`;
  const stay = support === 'extended' && consent ? `, or set ${consent} and pay for it` : '';
  return [{ at, message: `is ${told(value)} and ${since}, expected a version in standard support such as ${newest}; raise it${stay}` }];
}

/** Aurora MySQL writes the version of MySQL before its own: `8.0.mysql_aurora.3.08.0`. */
function databaseVersion(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\.mysql_aurora\..*$/, '') : value;
}
