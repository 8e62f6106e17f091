import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { Construct } from 'constructs';
import { EncryptionKey, usedByRoles } from './encryption-key';
import { Role } from './role';

export interface BackupProps {
  /** Its name, the prefix of what belongs to it. */
  readonly name: string;
  /** What is copied, in words. @default - the databases of that name */
  readonly of?: string;
  /** How long a copy of every day is kept, in days, 1 to 3650. @default 35 */
  readonly days?: number;
  /** A key that exists, and encrypts the copies. @default - one is made */
  readonly keyArn?: string;
}

/** A place for copies apart from what they are of, filled every night at 03:00 UTC. */
export class Backup extends Construct {
  private readonly plan: BackupPlan;
  private readonly role: Role;
  private readonly name: string;
  private readonly of: string;

  constructor(scope: Construct, id: string, { name, of = `the databases of ${name}`, days = 35, keyArn }: BackupProps) {
    super(scope, id);
    this.name = name;
    this.of = of;
    this.role = new Role(this, 'role', {
      name: `${name}-backup`, description: `Copies ${of}`, services: ['backup.amazonaws.com'],
      managed: ['service-role/AWSBackupServiceRolePolicyForBackup', 'service-role/AWSBackupServiceRolePolicyForRestores'],
    });
    const vault = new BackupVault(this, 'vault', { name, kmsKeyArn: keyArn ?? this.ownKey() });
    this.plan = new BackupPlan(this, 'plan', {
      name, rule: [{ ruleName: 'nightly', targetVaultName: vault.name, schedule: 'cron(0 3 * * ? *)', startWindow: 60, completionWindow: 480, lifecycle: { deleteAfter: days } }],
    });
  }

  private ownKey(): string {
    const { name, of } = this;
    return new EncryptionKey(this, 'key', { name: `${name}/backup`, description: `Copies of ${of}`, statements: usedByRoles('Backup', [this.role.arn]) }).arn;
  }

  /** Has something copied too. */
  addResource(id: string, arn: string): void {
    new BackupSelection(this, `selection-${id}`, { name: `${this.name}-${id}`.slice(0, 50), planId: this.plan.id, iamRoleArn: this.role.arn, resources: [arn] });
  }
}
