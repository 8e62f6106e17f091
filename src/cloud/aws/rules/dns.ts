import { and, arn, length, oneOf, pattern, within } from '../../validate/rule-kinds';
import { between, hostName, id, region, type RuledType } from './_kinds';

const recordName = and(length(1, 1024), pattern(/^[\x21-\x7e]+$/, 'api.example.com'));
const zoneId = pattern(/^(\/hostedzone\/)?[0-9A-Z]{1,32}$/, 'Z0123456789ABCDEFGHIJ');

/** Zones, records and certificates. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_record */
export const dnsRules: Readonly<Record<string, RuledType>> = {
  aws_route53_zone: {
    values: { 'name': and(length(1, 1024), pattern(/^[0-9A-Za-z_*-]+(\.[0-9A-Za-z_-]+)*\.?$/, 'example.com')), 'comment': length(0, 256), 'delegation_set_id': length(1, 32), 'vpc.vpc_id': id('vpc'), 'vpc.vpc_region': region },
    conflicts: [['delegation_set_id', 'vpc']],
  },
  aws_route53_record: {
    values: {
      'name': recordName,
      'type': oneOf('A', 'AAAA', 'CAA', 'CNAME', 'DS', 'HTTPS', 'MX', 'NAPTR', 'NS', 'PTR', 'SOA', 'SPF', 'SRV', 'SSHFP', 'SVCB', 'TLSA', 'TXT'),
      'ttl': within(0, 2147483647), 'zone_id': zoneId, 'set_identifier': length(1, 128), 'alias.name': recordName, 'alias.zone_id': length(1, 32),
      'failover_routing_policy.type': oneOf('PRIMARY', 'SECONDARY'), 'weighted_routing_policy.weight': within(0, 255),
      'latency_routing_policy.region': region,
      'geolocation_routing_policy.continent': oneOf('AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA'),
      'geolocation_routing_policy.country': pattern(/^([A-Z]{2}|\*)$/, 'DE'),
      'geolocation_routing_policy.subdivision': pattern(/^[0-9A-Z]{1,3}$/, 'CA'), 'geoproximity_routing_policy.aws_region': region,
      'geoproximity_routing_policy.bias': within(-99, 99),
      'geoproximity_routing_policy.coordinates.latitude': between(-90, 90), 'geoproximity_routing_policy.coordinates.longitude': between(-180, 180),
    },
    exactlyOne: [['records', 'alias']],
    conflicts: [['ttl', 'alias'], ['cidr_routing_policy', 'failover_routing_policy', 'geolocation_routing_policy', 'geoproximity_routing_policy', 'latency_routing_policy', 'multivalue_answer_routing_policy', 'weighted_routing_policy']],
    together: {
      records: ['ttl'], weighted_routing_policy: ['set_identifier'], latency_routing_policy: ['set_identifier'],
      failover_routing_policy: ['set_identifier'], geolocation_routing_policy: ['set_identifier'],
      geoproximity_routing_policy: ['set_identifier'], cidr_routing_policy: ['set_identifier'], multivalue_answer_routing_policy: ['set_identifier'],
    },
    free: ['records', 'health_check_id', 'cidr_routing_policy', 'geoproximity_routing_policy.local_zone_group'],
  },
  'data.aws_route53_zone': {
    values: { 'zone_id': zoneId, 'vpc_id': id('vpc') }, free: ['name', 'resource_record_set_count'],
    atLeastOne: [['zone_id', 'name', 'vpc_id', 'tags']], conflicts: [['zone_id', 'name']],
  },
  aws_route53_query_log: { values: { zone_id: zoneId, cloudwatch_log_group_arn: and(arn('logs'), pattern(/^arn:[^:]*:logs:us-east-1:/, 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/example.com')) } },
  aws_route53_key_signing_key: {
    values: {
      hosted_zone_id: zoneId, key_management_service_arn: and(arn('kms'), pattern(/^arn:[^:]*:kms:us-east-1:/, 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')),
      name: and(length(3, 128), pattern(/^\w+$/, 'signing')), status: oneOf('ACTIVE', 'INACTIVE'),
    },
  },
  aws_route53_hosted_zone_dnssec: { values: { hosted_zone_id: zoneId, signing_status: oneOf('SIGNING', 'NOT_SIGNING') } },
  aws_acm_certificate: {
    values: {
      domain_name: hostName, subject_alternative_names: hostName, validation_method: oneOf('DNS', 'EMAIL', 'HTTP'),
      certificate_authority_arn: arn('acm-pca'),
      key_algorithm: oneOf('RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'),
      'options.certificate_transparency_logging_preference': oneOf('ENABLED', 'DISABLED'), 'options.export': oneOf('ENABLED', 'DISABLED'),
      'validation_option.domain_name': hostName, 'validation_option.validation_domain': hostName,
      early_renewal_duration: pattern(/^(P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?|(\d+(\.\d+)?(h|m|s))+)$/, 'P90D'),
    },
    exactlyOne: [['domain_name', 'private_key']],
    conflicts: [['certificate_body', 'validation_method'], ['certificate_body', 'certificate_authority_arn'], ['private_key', 'validation_method']],
    together: { private_key: ['certificate_body'] },
    free: ['certificate_body', 'certificate_chain', 'private_key'],
  },
  aws_acm_certificate_validation: { values: { certificate_arn: arn('acm'), validation_record_fqdns: recordName } },
};
