import { bool, dynamic, listOf, mapOf, number, setOf, text, type ValueType } from './value-type';

/** What a function takes and gives. */
export interface TerraformFunction {
  /** How many values it takes. */
  readonly takes: number;
  /** Whether it takes any number more. */
  readonly more: boolean;
  readonly gives: ValueType;
}

/** The functions of Terraform 1.11, by what they give; each with the number of values it takes, and a plus where it takes more. */
const signatures: readonly (readonly [gives: ValueType, names: string])[] = [
  [number, `abs:1 ceil:1 floor:1 length:1 log:2 max:0+ min:0+ pow:2 signum:1 timecmp:2 tonumber:1`],
  [text, `
    abspath:1 base64decode:1 base64encode:1 base64gzip:1 base64sha256:1 base64sha512:1 basename:1 bcrypt:1+ chomp:1
    cidrhost:2 cidrnetmask:1 cidrsubnet:3 dirname:1 file:1 filebase64:1 filebase64sha256:1 filebase64sha512:1 filemd5:1
    filesha1:1 filesha256:1 filesha512:1 formatdate:2 indent:2 join:1+ jsonencode:1 lower:1 md5:1 pathexpand:1
    plantimestamp:0 replace:3 rsadecrypt:2 sha1:1 sha256:1 sha512:1 strrev:1 substr:3 templatestring:2 textdecodebase64:2
    textencodebase64:2 timeadd:2 timestamp:0 title:1 tostring:1 trim:2 trimprefix:2 trimspace:1 trimsuffix:2 upper:1
    urlencode:1 uuid:0 uuidv5:2 yamlencode:1
  `],
  [bool, `alltrue:1 anytrue:1 can:1 endswith:2 fileexists:1 issensitive:1 startswith:2 strcontains:2 tobool:1`],
  [listOf(listOf(dynamic)), `chunklist:2`],
  [listOf(text), `cidrsubnets:1+ compact:1 sort:1 split:2`],
  [dynamic, `
    coalesce:0+ coalescelist:0+ concat:0+ contains:2 csvdecode:1 element:2 ephemeralasnull:1 flatten:1 format:1+
    formatlist:1+ index:2 jsondecode:1 keys:1 lookup:2+ merge:0+ nonsensitive:1 one:1 parseint:2 regex:2 reverse:1
    sensitive:1 setproduct:0+ slice:3 sum:1 templatefile:2 try:0+ values:1 yamldecode:1 zipmap:2
  `],
  [listOf(dynamic), `distinct:1 matchkeys:3 regexall:2 tolist:1`],
  [setOf(text), `fileset:2`],
  [listOf(number), `range:0+`],
  [setOf(dynamic), `setintersection:1+ setsubtract:2 setunion:1+ toset:1`],
  [mapOf(dynamic), `tomap:1`],
  [mapOf(listOf(text)), `transpose:1`],
];

/** Every function of Terraform's by its name. @see https://developer.hashicorp.com/terraform/language/functions */
export const terraformFunctions: ReadonlyMap<string, TerraformFunction> = new Map(signatures.flatMap(([gives, names]) => names.trim().split(/\s+/).map(signature => {
  const [, name, takes, more] = /^(\w+):(\d+)(\+?)$/.exec(signature) ?? [];
  return [name, { takes: Number(takes), more: more === '+', gives }] as const;
})));
