import type { Check } from '../runner/check';
import { bootChecks } from './checks/boot';

/** Real Kafka, from what was rendered for it. */
export const checks: readonly Check[] = [...bootChecks];
