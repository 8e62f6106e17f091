/** When AWS stops supporting a version: at its usual price, and at the price of extended support. */
export interface SupportDates {
  /** `1.34` of Kubernetes, `16` of PostgreSQL, `8.4` of MySQL. */
  readonly version: string;
  readonly standard: string;
  /** @default no extended support */
  readonly extended?: string;
}

/** The day on which these dates were read. */
export const readOn = '2026-08-22';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
export const kubernetes: readonly SupportDates[] = [
  { version: '1.28', standard: '2024-11-26', extended: '2025-11-26' },
  { version: '1.29', standard: '2025-03-23', extended: '2026-03-23' },
  { version: '1.30', standard: '2025-07-23', extended: '2026-07-23' },
  { version: '1.31', standard: '2025-11-26', extended: '2026-11-26' },
  { version: '1.32', standard: '2026-03-23', extended: '2027-03-23' },
  { version: '1.33', standard: '2026-07-29', extended: '2027-07-29' },
  { version: '1.34', standard: '2026-12-02', extended: '2027-12-02' },
  { version: '1.35', standard: '2027-03-27', extended: '2028-03-27' },
  { version: '1.36', standard: '2027-08-02', extended: '2028-08-02' },
];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html */
const postgresql: readonly SupportDates[] = [
  { version: '11', standard: '2024-02-29', extended: '2027-03-31' },
  { version: '12', standard: '2025-02-28', extended: '2028-02-29' },
  { version: '13', standard: '2026-02-28', extended: '2029-02-28' },
  { version: '14', standard: '2027-02-28', extended: '2030-02-28' },
  { version: '15', standard: '2028-02-29', extended: '2031-02-28' },
  { version: '16', standard: '2029-02-28', extended: '2032-02-29' },
  { version: '17', standard: '2030-02-28', extended: '2033-02-28' },
  { version: '18', standard: '2031-02-28', extended: '2034-02-28' },
];

/** By engine of RDS. */
export const databases: Readonly<Record<string, readonly SupportDates[]>> = {
  'postgres': postgresql,
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html */
  'aurora-postgresql': postgresql,
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html */
  'mysql': [
    { version: '5.7', standard: '2024-02-29', extended: '2027-02-28' },
    { version: '8.0', standard: '2026-07-31', extended: '2029-07-31' },
    { version: '8.4', standard: '2029-07-31', extended: '2032-07-31' },
  ],
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html */
  'aurora-mysql': [
    { version: '5.7', standard: '2024-10-31', extended: '2027-02-28' },
    { version: '8.0', standard: '2028-04-30', extended: '2029-07-31' },
  ],
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html */
  'mariadb': [
    { version: '10.4', standard: '2025-02-28' },
    { version: '10.5', standard: '2026-08-31' },
    { version: '10.6', standard: '2026-12-31' },
    { version: '10.11', standard: '2028-02-29' },
    { version: '11.4', standard: '2029-05-31' },
    { version: '11.8', standard: '2028-06-30' },
    { version: '12.3', standard: '2029-06-30' },
  ],
};

/** Engines of ElastiCache; no end is set for versions that are missing. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
export const caches: Readonly<Record<string, readonly SupportDates[]>> = {
  redis: [
    { version: '4', standard: '2026-01-31', extended: '2029-01-31' },
    { version: '5', standard: '2026-01-31', extended: '2029-01-31' },
    { version: '6', standard: '2027-01-31', extended: '2030-01-31' },
  ],
};

export type Support = 'standard' | 'extended' | 'ended';

/** Which support a version has on a day. Versions older than the table have none; newer ones, and those without an end, have it in full. */
export function supportOf(version: string, table: readonly SupportDates[], today: Date): { readonly support: Support; readonly row?: SupportDates } {
  const row = table.find(one => version === one.version || version.startsWith(`${one.version}.`));
  const day = today.toISOString().slice(0, 10);
  if (row) return { row, support: day <= row.standard ? 'standard' : day <= (row.extended ?? '') ? 'extended' : 'ended' };
  return { support: table.length > 0 && before(version, table[0].version) ? 'ended' : 'standard' };
}

function before(one: string, other: string): boolean {
  const [a, b] = [one, other].map(text => text.split('.').map(Number));
  const at = b.findIndex((part, index) => part !== (a[index] ?? 0));
  return at >= 0 && (a[at] ?? 0) < b[at];
}
