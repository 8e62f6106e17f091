import type { Check } from '../runner/check';
import { clusterCheck } from './checks/cluster';
import { upgradeCheck } from './checks/upgrade';

/** Real Kafka, from what was rendered for it. */
export const checks: readonly Check[] = [clusterCheck, upgradeCheck];
