/**
 * The one place that names the engine. `cdktf` is HashiCorp's last release or the community's fork `cdktn` under its name (npm alias); what is
 * used of it is what both have.
 */
export { Annotations, App, Aspects, Fn, S3Backend, TerraformElement, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
export type { IResolvable, S3BackendConfig, TerraformMetaArguments, TerraformResource } from 'cdktf';
