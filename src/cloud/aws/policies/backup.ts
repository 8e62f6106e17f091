import type { Policy } from '../../validate/knowledge';
import { off, ownKey, requirement } from './_policy';

/** Vaults of backups. */
export const backupPolicies: readonly Policy[] = [
  requirement({
    id: 'CKV_AWS_166', title: 'backups are encrypted with a key of your own', types: ['aws_backup_vault'], at: 'kms_key_arn', wanted: ownKey,
    remedy: 'set it to the ARN of a key',
  }),
  requirement({
    id: 'MARTY_AWS_BACKUP_KEPT', title: 'deleting a vault does not delete its backups', types: ['aws_backup_vault'],
    at: 'force_destroy', wanted: off, mayBeUnset: true, remedy: 'take it out',
  }),
];
