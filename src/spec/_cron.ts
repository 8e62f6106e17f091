interface Field { readonly name: string; readonly min: number; readonly max: number; readonly names?: readonly string[] }

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The five fields as Kubernetes reads them. @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
const fields: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: months },
  { name: 'day of week', min: 0, max: 6, names: days },
];

const words = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** Why Kubernetes would refuse a schedule, or read it otherwise than it looks; undefined where it would not. */
export function cronProblem(text: string): string | undefined {
  if (/^\s*(TZ|CRON_TZ)=/.test(text)) return 'names a time zone, which Kubernetes refuses; say it as timeZone';
  if (text.startsWith('@')) return words.includes(text) ? undefined : `expected five fields or one of ${words.join(', ')}`;
  const parts = text.split(/\s+/).filter(Boolean);
  if (parts.length !== fields.length) return `expected five fields: ${fields.map(({ name }) => name).join(', ')}`;
  return parts.map((part, index) => fieldProblem(part, fields[index])).find(problem => problem !== undefined);
}

function fieldProblem(part: string, field: Field): string | undefined {
  return part.split(',').map(range => rangeProblem(range, field)).find(problem => problem !== undefined);
}

function rangeProblem(range: string, field: Field): string | undefined {
  const { name, min, max } = field;
  const allowed = `has "${range}" as ${name}, expected ${min} to ${max}, a range such as ${min}-${max}, or a step such as */2`;
  const match = /^(\*|\?|[0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?(?:\/([0-9]+))?$/.exec(range);
  if (!match) return allowed;
  const [, from, to, step] = match;
  if (step !== undefined && Number(step) < 1) return allowed;
  if (from === '*' || from === '?') return to === undefined ? undefined : allowed;
  const [low, high] = [numberOf(from, field), to === undefined ? undefined : numberOf(to, field)];
  const inside = (value: number) => value >= min && value <= max;
  if (!inside(low) || (high !== undefined && (!inside(high) || high < low))) return allowed;
  return undefined;
}

function numberOf(text: string, { min, names = [] }: Field): number {
  const named = names.indexOf(text.toLowerCase());
  return named >= 0 ? named + min : /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
}
