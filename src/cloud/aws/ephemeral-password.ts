import type { Construct } from 'constructs';
import { TerraformElement } from '../engine';

const type = 'aws_secretsmanager_random_password';

/**
 * A password that AWS makes up whenever Terraform runs and that nothing keeps: only write-only arguments take it. The engine is older than such
 * blocks, so that it is written as it stands.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/ephemeral
 */
export class EphemeralPassword extends TerraformElement {
  /** The password, as an expression. */
  readonly value: string;
  private readonly length: number;

  /** @param length letters and digits, 1 to 4096; all kinds are among them. */
  constructor(scope: Construct, id: string, { length }: { readonly length: number }) {
    super(scope, id);
    this.length = length;
    this.value = `\${ephemeral.${type}.${this.friendlyUniqueId}.random_password}`;
  }

  override toTerraform(): object {
    const block = {
      '//': { metadata: { path: this.node.path, uniqueId: this.friendlyUniqueId } },
      'password_length': this.length, 'exclude_punctuation': true, 'require_each_included_type': true,
    };
    return { ephemeral: { [type]: { [this.friendlyUniqueId]: block } } };
  }
}
