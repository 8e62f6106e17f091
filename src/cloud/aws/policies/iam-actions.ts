/** What an action does to its resource. */
export type AccessLevel = 'read' | 'write' | 'permissions' | 'tagging';

interface Service {
  /** Actions that no resource can be named for: AWS takes `*` only. `*` stands for the rest of a name. */
  readonly everywhere?: readonly string[];
  /** Those among them that a resource can be named for after all. */
  readonly named?: readonly string[];
  /** Actions that change who may do what. */
  readonly permissions?: readonly string[];
  /** Actions that write although their name begins like one that reads. */
  readonly writes?: readonly string[];
  /** Actions that read although their name does not begin like one that does. */
  readonly reads?: readonly string[];
}

/** Words with which the names of actions begin that read, in small letters. */
const reading = [
  'get', 'batchget', 'describe', 'list', 'head', 'lookup', 'search', 'select', 'query', 'view', 'check', 'simulate', 'validate', 'verify', 'test',
  'preview', 'filter', 'download', 'estimate',
];

/**
 * Actions of the services that occur in our policies, as far as their name does not tell.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const services: Readonly<Record<string, Service>> = {
  'acm': {
    everywhere: ['GetAccountConfiguration', 'ListCertificates', 'PutAccountConfiguration', 'RequestCertificate'],
  },
  'aps': { everywhere: ['CreateWorkspace', 'GetDefaultScraperConfiguration', 'ListScrapers', 'ListWorkspaces'] },
  'autoscaling': { everywhere: ['Describe*', 'GetPredictiveScalingForecast'] },
  'backup': {
    everywhere: [
      'DescribeBackupJob', 'DescribeCopyJob', 'DescribeGlobalSettings', 'DescribeProtectedResource',
      'DescribeRegionSettings', 'DescribeReportJob', 'DescribeRestoreJob', 'GetRestoreJobMetadata',
      'GetSupportedResourceTypes', 'ListBackupJob*', 'ListBackupPlans', 'ListBackupPlanTemplates',
      'ListBackupVaults', 'ListCopyJob*', 'ListFrameworks', 'ListLegalHolds', 'ListProtectedResources',
      'ListRecoveryPointsByResource', 'ListReportJobs', 'ListReportPlans', 'ListRestoreJob*',
      'ListRestoreTestingPlans', 'StopBackupJob', 'UpdateGlobalSettings', 'UpdateRegionSettings',
    ],
    permissions: [
      'DeleteBackupVaultAccessPolicy', 'DeleteBackupVaultSharingPolicy', 'PutBackupVaultAccessPolicy',
      'PutBackupVaultSharingPolicy',
    ],
  },
  'cloudwatch': {
    everywhere: [
      'DeleteAnomalyDetector', 'DescribeAlarmsForMetric', 'DescribeAnomalyDetectors', 'DescribeInsightRules',
      'GetMetricData', 'GetMetricStatistics', 'GetMetricWidgetImage', 'Link', 'ListDashboards',
      'ListEntitiesForMetric', 'ListManagedInsightRules', 'ListMetrics', 'ListMetricStreams',
      'ListServiceLevelObjectives', 'ListServices', 'PutAnomalyDetector', 'PutManagedInsightRules', 'PutMetricData',
    ],
  },
  'cognito-idp': { everywhere: ['CreateUserPool', 'DescribeUserPoolDomain', 'ListUserPools'] },
  'ec2': {
    everywhere: [
      'Describe*', 'GetDefaultCreditSpecification', 'GetEbsDefaultKmsKeyId', 'GetEbsEncryptionByDefault',
      'GetImageBlockPublicAccessState', 'GetInstanceMetadataDefaults', 'GetInstanceTypesFromInstanceRequirements',
      'GetSerialConsoleAccessStatus', 'GetSnapshotBlockPublicAccessState', 'GetSpotPlacementScores',
      'GetSubnetCidrReservations', 'CreateSubnetCidrReservation', 'DeleteSubnetCidrReservation',
      'CreateDefaultSubnet', 'CreateDefaultVpc', 'CreateSpotDatafeedSubscription', 'DeleteSpotDatafeedSubscription',
      'DisableEbsEncryptionByDefault', 'EnableEbsEncryptionByDefault', 'DisableImageBlockPublicAccess',
      'EnableImageBlockPublicAccess', 'DisableSerialConsoleAccess', 'EnableSerialConsoleAccess',
      'DisableSnapshotBlockPublicAccess', 'EnableSnapshotBlockPublicAccess', 'ModifyDefaultCreditSpecification',
      'ModifyEbsDefaultKmsKeyId', 'ModifyInstanceMetadataDefaults', 'ResetEbsDefaultKmsKeyId',
      'ReportInstanceStatus',
    ],
    named: [
      'DescribeClientVpnAuthorizationRules', 'DescribeClientVpnConnections', 'DescribeClientVpnEndpoints',
      'DescribeClientVpnRoutes', 'DescribeClientVpnTargetNetworks', 'DescribeFleetHistory', 'DescribeFleetInstances',
      'DescribeFpgaImageAttribute', 'DescribeImageAttribute', 'DescribeInstanceAttribute',
      'DescribeSecurityGroupReferences', 'DescribeSnapshotAttribute', 'DescribeSpotFleetInstances',
      'DescribeSpotFleetRequestHistory', 'DescribeVolumeAttribute', 'DescribeVpcAttribute',
      'DescribeVpcEndpointServicePermissions',
    ],
    permissions: [
      'CreateNetworkInterfacePermission', 'DeleteNetworkInterfacePermission', 'ModifySnapshotAttribute',
      'ModifyVpcEndpointServicePermissions', 'ResetSnapshotAttribute',
    ],
  },
  'ecr': {
    everywhere: [
      'BatchImportUpstreamImage', '*PullThroughCacheRule*', '*RepositoryCreationTemplate*', 'DescribeRegistry',
      'GetAccountSetting', 'GetAuthorizationToken', 'GetRegistryPolicy', 'GetRegistryScanningConfiguration',
      'PutAccountSetting', 'PutRegistryScanningConfiguration', 'PutReplicationConfiguration', 'PutRegistryPolicy',
      'DeleteRegistryPolicy',
    ],
    permissions: ['DeleteRegistryPolicy', 'DeleteRepositoryPolicy', 'PutRegistryPolicy', 'SetRepositoryPolicy'],
    reads: ['BatchCheckLayerAvailability'],
  },
  'eks': {
    everywhere: [
      'CreateCluster', 'CreateEksAnywhereSubscription', 'DescribeAddonConfiguration', 'DescribeAddonVersions',
      'DescribeClusterVersions', 'ListAccessPolicies', 'ListClusters', 'ListEksAnywhereSubscriptions',
      'RegisterCluster',
    ],
    reads: ['AccessKubernetesApi'],
  },
  'eks-auth': { reads: ['AssumeRoleForPodIdentity'] },
  'elasticache': {
    everywhere: [
      'DescribeCacheEngineVersions', 'DescribeEngineDefaultParameters', 'DescribeEvents',
      'DescribeReservedCacheNodesOfferings', 'DescribeServiceUpdates',
    ],
    writes: ['TestFailover', 'TestMigration'],
  },
  'elasticfilesystem': {
    everywhere: ['CreateFileSystem', 'DescribeAccountPreferences', 'PutAccountPreferences'],
    permissions: ['DeleteFileSystemPolicy', 'PutFileSystemPolicy'],
    reads: ['ClientMount'],
  },
  'elasticloadbalancing': { everywhere: ['Describe*', 'SetWebAcl'] },
  'events': {
    everywhere: [
      'ListApiDestinations', 'ListArchives', 'ListConnections', 'ListEndpoints', 'ListEventBuses',
      'ListEventSources', 'ListPartnerEventSources', 'ListReplays', 'ListRuleNamesByTarget', 'ListRules',
      'PutPartnerEvents', 'PutPermission', 'RemovePermission', 'TestEventPattern',
    ],
    permissions: ['PutPermission', 'RemovePermission'],
  },
  'iam': {
    everywhere: [
      'CreateAccountAlias', 'DeleteAccountAlias', 'DeleteAccountPasswordPolicy', 'GenerateCredentialReport',
      'GetAccount*', 'GetContextKeysForCustomPolicy', 'GetCredentialReport', 'GetOrganizationsAccessReport',
      'GetServiceLastAccessedDetails*', 'ListAccountAliases', 'ListGroups', 'ListInstanceProfiles',
      'ListOpenIDConnectProviders', 'ListPolicies', 'ListRoles', 'ListSAMLProviders', 'ListServerCertificates',
      'ListUsers', 'ListVirtualMFADevices', 'SimulateCustomPolicy', 'UpdateAccountPasswordPolicy',
    ],
    permissions: [
      'Add*', 'Attach*', 'Change*', 'Create*', 'Deactivate*', 'Delete*', 'Detach*', 'Enable*', 'Pass*', 'Put*',
      'Remove*', 'Reset*', 'Resync*', 'Set*', 'Update*', 'Upload*',
    ],
    reads: ['GenerateServiceLastAccessedDetails', 'GenerateOrganizationsAccessReport'],
  },
  'kms': {
    everywhere: [
      'ConnectCustomKeyStore', 'CreateCustomKeyStore', 'CreateKey', 'DeleteCustomKeyStore',
      'DescribeCustomKeyStores', 'DisconnectCustomKeyStore', 'GenerateRandom', 'ListAliases', 'ListKeys',
      'ListRetirableGrants', 'UpdateCustomKeyStore',
    ],
    permissions: ['CreateGrant', 'PutKeyPolicy', 'RetireGrant', 'RevokeGrant'],
    writes: ['Verify', 'VerifyMac'],
  },
  'lambda': {
    everywhere: [
      'CreateCodeSigningConfig', 'CreateEventSourceMapping', 'GetAccountSettings', 'ListCodeSigningConfigs',
      'ListEventSourceMappings', 'ListFunctions', 'ListLayers', 'ListLayerVersions',
    ],
    permissions: [
      'AddLayerVersionPermission', 'AddPermission', 'DisableReplication', 'EnableReplication',
      'RemoveLayerVersionPermission', 'RemovePermission',
    ],
  },
  'logs': {
    everywhere: [
      'CancelExportTask', '*LogDelivery', 'ListLogDeliveries', '*ResourcePolicy', 'DescribeResourcePolicies',
      '*QueryDefinition', 'DescribeQueryDefinitions', '*AccountPolicy', 'DescribeAccountPolicies', '*IndexPolicy',
      'DescribeIndexPolicies', 'DescribeConfigurationTemplates', 'DescribeDeliveries',
      'DescribeDeliveryDestinations', 'DescribeDeliverySources', 'DescribeDestinations', 'DescribeExportTasks',
      'DescribeFieldIndexes', 'DescribeLogGroups', 'DescribeQueries', 'Link', 'ListEntitiesForLogGroup',
      'ListLogGroupsForEntity', 'ListLogGroupsForQuery', 'StopLiveTail', 'StopQuery', 'TestMetricFilter',
      'TestTransformer',
    ],
    permissions: ['DeleteResourcePolicy', 'PutResourcePolicy'],
    reads: ['StartLiveTail', 'StartQuery', 'StopQuery', 'Unmask'],
  },
  'pricing': { everywhere: ['*'] },
  'rds': {
    everywhere: [
      'CancelExportTask', 'CreateDBProxy', 'CrossRegionCommunication', 'DescribeAccountAttributes',
      'DescribeCertificates', 'DescribeDBEngineVersions', 'DescribeEngineDefaultClusterParameters',
      'DescribeEngineDefaultParameters', 'DescribeEventCategories', 'DescribeEvents', 'DescribeOptionGroupOptions',
      'DescribeOrderableDBInstanceOptions', 'DescribeReservedDBInstancesOfferings', 'DescribeSourceRegions',
      'ModifyCertificates',
    ],
    permissions: [
      'AuthorizeDBSecurityGroupIngress', 'ModifyDBClusterSnapshotAttribute', 'ModifyDBSnapshotAttribute',
    ],
  },
  'rds-db': { permissions: ['connect'] },
  'route53': {
    everywhere: [
      'CreateCidrCollection', 'CreateHealthCheck', 'CreateHostedZone', 'CreateReusableDelegationSet',
      'CreateTrafficPolicy', 'GetAccountLimit', 'GetCheckerIpRanges', 'GetGeoLocation', 'GetHealthCheckCount',
      'GetHostedZoneCount', 'GetTrafficPolicyInstanceCount', 'ListCidrCollections', 'ListGeoLocations',
      'ListHealthChecks', 'ListHostedZones', 'ListHostedZonesByName', 'ListHostedZonesByVPC',
      'ListReusableDelegationSets', 'ListTrafficPolicies', 'ListTrafficPolicyInstances', 'TestDNSAnswer',
    ],
  },
  's3': {
    everywhere: [
      'CreateJob', 'CreateStorageLensGroup', 'GetAccessPoint', 'GetAccountPublicAccessBlock',
      'ListAccessGrantsInstances', 'ListAccessPoints', 'ListAccessPointsForObjectLambda', 'ListAllMyBuckets',
      'ListJobs', 'ListMultiRegionAccessPoints', 'ListStorageLensConfigurations', 'ListStorageLensGroups',
      'PutAccessPointPublicAccessBlock', 'PutAccountPublicAccessBlock', 'PutStorageLensConfiguration',
    ],
    permissions: [
      'BypassGovernanceRetention', 'DeleteAccessPointPolicy', 'DeleteAccessPointPolicyForObjectLambda',
      'DeleteBucketPolicy', 'ObjectOwnerOverrideToBucketOwner', 'PutAccessPointPolicy',
      'PutAccessPointPolicyForObjectLambda', 'PutAccessPointPublicAccessBlock', 'PutAccountPublicAccessBlock',
      'PutBucketAcl', 'PutBucketPolicy', 'PutBucketPublicAccessBlock', 'PutMultiRegionAccessPointPolicy',
      'PutObjectAcl', 'PutObjectVersionAcl',
    ],
  },
  'secretsmanager': {
    everywhere: ['BatchGetSecretValue', 'GetRandomPassword', 'ListSecrets'],
    permissions: ['DeleteResourcePolicy', 'PutResourcePolicy', 'ValidateResourcePolicy'],
  },
  'servicequotas': { everywhere: ['Get*', 'List*'] },
  'shield': {
    everywhere: [
      'CreateProtection', 'CreateProtectionGroup', 'CreateSubscription', 'DescribeAttackStatistics',
      'DescribeDRTAccess', 'DescribeSubscription', 'GetSubscriptionState', 'ListAttacks', 'ListProtectionGroups',
      'ListProtections',
    ],
  },
  'sns': {
    everywhere: [
      'CheckIfPhoneNumberIsOptedOut', 'CreatePlatformApplication', 'GetSMSAttributes', 'GetSubscriptionAttributes',
      'ListPlatformApplications', 'ListSubscriptions', 'ListTopics', 'SetSMSAttributes', 'SetSubscriptionAttributes',
      'Unsubscribe',
    ],
    permissions: ['AddPermission', 'CreateTopic', 'RemovePermission', 'SetTopicAttributes'],
  },
  'sqs': {
    everywhere: ['ListQueues'],
    permissions: ['AddPermission', 'CreateQueue', 'RemovePermission', 'SetQueueAttributes'],
    reads: ['ReceiveMessage'],
  },
  'ssm': {
    everywhere: [
      'CancelCommand', 'DescribeAutomationExecutions', 'DescribeAvailablePatches', 'DescribeInstanceInformation',
      'DescribeInstanceProperties', 'DescribeInventoryDeletions', 'DescribeMaintenanceWindows', 'DescribeOpsItems',
      'DescribeParameters', 'DescribePatchBaselines', 'DescribePatchGroups', 'DescribeSessions',
      'GetCommandInvocation', 'GetDeployablePatchSnapshotForInstance', 'GetInventory', 'GetInventorySchema',
      'GetManifest', 'ListAssociations', 'ListCommandInvocations', 'ListCommands', 'ListComplianceItems',
      'ListDocuments', 'ListInventoryEntries', 'ListResourceDataSync', 'PutConfigurePackageResult', 'PutInventory',
    ],
    permissions: ['DeleteResourcePolicy', 'ModifyDocumentPermission', 'PutResourcePolicy'],
  },
  'ssmmessages': { everywhere: ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'] },
  'sts': {
    everywhere: [
      'DecodeAuthorizationMessage', 'GetAccessKeyInfo', 'GetCallerIdentity', 'GetServiceBearerToken',
      'GetSessionToken',
    ],
  },
  'tag': { everywhere: ['*'] },
  'waf-regional': {
    everywhere: ['GetChangeToken', 'GetChangeTokenStatus', 'List*'],
    named: ['ListResourcesForWebACL', 'ListTagsForResource'],
    permissions: ['DeletePermissionPolicy', 'PutPermissionPolicy'],
  },
  'wafv2': {
    everywhere: [
      'CheckCapacity', 'DescribeAllManagedProducts', 'DescribeManagedProductsByVendor', 'DescribeManagedRuleGroup',
      'ListAPIKeys', 'ListAvailableManagedRuleGroups', 'ListAvailableManagedRuleGroupVersions', 'ListIPSets',
      'ListLoggingConfigurations', 'ListManagedRuleSets', 'ListRegexPatternSets', 'ListRuleGroups', 'ListWebACLs',
    ],
    permissions: ['DeletePermissionPolicy', 'PutPermissionPolicy'],
  },
  'xray': {
    everywhere: [
      'BatchGetTraces', 'DeleteResourcePolicy', 'Get*', 'Link', 'ListResourcePolicies', 'ListRetrievedTraces',
      'PutEncryptionConfig', 'PutResourcePolicy', 'PutSpans*', 'PutTelemetryRecords', 'PutTraceSegments',
    ],
    named: ['GetGroup', 'GetSamplingRule'],
  },
};

/**
 * Whether a resource can be named for an action, or for one of those that a pattern such as `ec2:Describe*` stands for. Of services and actions that
 * are not in the table it is supposed.
 */
export function restrictable(action: string): boolean {
  const { service, name } = partsOf(action);
  const { everywhere = [], named = [] } = services[service] ?? {};
  return !everywhere.some(pattern => covers(pattern, name)) || named.some(other => covers(name, other));
}

/** What an action does; of a pattern everything that those it stands for do. */
export function levelsOf(action: string): readonly AccessLevel[] {
  const { service, name } = partsOf(action);
  const known = services[service];
  const { permissions = [], writes = [], reads = [] } = known ?? {};
  const within = (names: readonly string[]) => names.some(other => covers(other, name));
  if (within(permissions)) return ['permissions'];
  if (!name.includes('*')) return [within(writes) ? 'write' : isTagging(name) ? 'tagging' : within(reads) || isReading(name) ? 'read' : 'write'];
  const some = (names: readonly string[]) => names.some(other => covers(name, other));
  return [
    isReading(name) ? 'read' : 'write',
    ...some(writes) ? ['write' as const] : [],
    ...some(permissions) || (known === undefined && name === '*') ? ['permissions' as const] : [],
  ];
}

/** Whether a name begins with a word that reads, or a pattern with so much of one that it can be no other. */
function isReading(name: string): boolean {
  const [start] = name.toLowerCase().split('*');
  return reading.some(word => start.startsWith(word) || (start.length > 4 && word.startsWith(start)));
}

function isTagging(name: string): boolean {
  return /^(Tag|Untag|CreateTags|CreateOrUpdateTags|DeleteTags|AddTags|RemoveTags|ChangeTags|ReplicateTags)|^(Put|Delete)\w*Tagging$/i.test(name);
}

/** Whether a pattern of actions stands for an action, or for every action of another pattern. `?` counts as any one character. */
export function covers(pattern: string, name: string): boolean {
  return /[*?]/.test(pattern) ? shapeOf(pattern).test(name) : pattern.toLowerCase() === name.toLowerCase();
}

const shapes = new Map<string, RegExp>();

function shapeOf(pattern: string): RegExp {
  const known = shapes.get(pattern);
  if (known) return known;
  const text = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  const shape = new RegExp(`^${text}$`, 'i');
  shapes.set(pattern, shape);
  return shape;
}

function partsOf(action: string): { readonly service: string; readonly name: string } {
  const [service, name = '*'] = action.split(':');
  return { service: service.toLowerCase(), name };
}
