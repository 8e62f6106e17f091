import type { BlockSchema, ProviderKnowledge } from './knowledge';

const condition: BlockSchema = { attributes: { condition: { type: 'bool', required: true }, error_message: { type: 'string', required: true } } };

/** What Terraform itself brings: `terraform_data`, and the state of another stack, by which cdktf passes values between stacks. */
export const builtin: ProviderKnowledge = {
  name: 'terraform',
  version: 'built in',
  schema: {
    resource_schemas: {
      terraform_data: { block: { attributes: {
        id: { type: 'string', computed: true },
        input: { type: 'dynamic', optional: true },
        output: { type: 'dynamic', computed: true },
        triggers_replace: { type: 'dynamic', optional: true },
      } } },
    },
    data_source_schemas: {
      terraform_remote_state: { block: { attributes: {
        backend: { type: 'string', required: true },
        config: { type: 'dynamic', optional: true },
        defaults: { type: 'dynamic', optional: true },
        outputs: { type: 'dynamic', computed: true },
        workspace: { type: 'string', optional: true },
      } } },
    },
  },
  rules: {},
  policies: [],
};

/** What an output may say, besides `depends_on`. */
export const outputSchema: BlockSchema = {
  attributes: {
    value: { type: 'dynamic', required: true },
    description: { type: 'string', optional: true },
    sensitive: { type: 'bool', optional: true },
    ephemeral: { type: 'bool', optional: true },
  },
  block_types: { precondition: { nesting_mode: 'list', block: condition } },
};

/** What a variable may say. */
export const variableSchema: BlockSchema = {
  attributes: {
    type: { type: 'string', optional: true },
    default: { type: 'dynamic', optional: true },
    description: { type: 'string', optional: true },
    sensitive: { type: 'bool', optional: true },
    nullable: { type: 'bool', optional: true },
    ephemeral: { type: 'bool', optional: true },
  },
  block_types: { validation: { nesting_mode: 'list', block: condition } },
};

/** How Terraform is to treat a data source, and, with more, a resource. */
export const dataLifecycle: BlockSchema = {
  block_types: { precondition: { nesting_mode: 'list', block: condition }, postcondition: { nesting_mode: 'list', block: condition } },
};

export const resourceLifecycle: BlockSchema = {
  attributes: {
    create_before_destroy: { type: 'bool', optional: true },
    prevent_destroy: { type: 'bool', optional: true },
    ignore_changes: { type: 'dynamic', optional: true },
    replace_triggered_by: { type: ['list', 'string'], optional: true },
  },
  block_types: dataLifecycle.block_types,
};

const optional = (type: 'string' | 'number' | 'bool') => ({ type, optional: true });

/** How a provisioner reaches the machine. */
export const connectionSchema: BlockSchema = {
  attributes: {
    type: optional('string'), host: { type: 'string', required: true }, port: optional('string'), user: optional('string'), password: { ...optional('string'), sensitive: true },
    timeout: optional('string'), script_path: optional('string'), target_platform: optional('string'), host_key: optional('string'), agent: optional('bool'),
    agent_identity: optional('string'), private_key: { ...optional('string'), sensitive: true }, certificate: optional('string'), https: optional('bool'), insecure: optional('bool'),
    cacert: optional('string'), use_ntlm: optional('bool'),
    bastion_host: optional('string'), bastion_host_key: optional('string'), bastion_port: optional('number'), bastion_user: optional('string'),
    bastion_password: { ...optional('string'), sensitive: true }, bastion_private_key: { ...optional('string'), sensitive: true }, bastion_certificate: optional('string'),
    proxy_scheme: optional('string'), proxy_host: optional('string'), proxy_port: optional('number'), proxy_user_name: optional('string'),
    proxy_user_password: { ...optional('string'), sensitive: true },
  },
};

const always = { when: optional('string'), on_failure: optional('string') };
const connection = { connection: { nesting_mode: 'single' as const, block: connectionSchema } };

/** The provisioners that exist. */
export const provisioners: Readonly<Record<string, BlockSchema>> = {
  'local-exec': {
    attributes: {
      ...always, command: { type: 'string', required: true }, working_dir: optional('string'), interpreter: { type: ['list', 'string'], optional: true },
      environment: { type: ['map', 'string'], optional: true }, quiet: optional('bool'),
    },
    block_types: connection,
  },
  'remote-exec': { attributes: { ...always, inline: { type: ['list', 'string'], optional: true }, script: optional('string'), scripts: { type: ['list', 'string'], optional: true } }, block_types: connection },
  'file': { attributes: { ...always, source: optional('string'), content: optional('string'), destination: { type: 'string', required: true } }, block_types: connection },
};
