import { didYouMean } from '../../errors';

/** Services of AWS that nodes without internet need, by the last parts of their endpoints' names. @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html */
export const endpointsOfPrivateNodes = [
  'autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'elasticloadbalancing', 'kms', 'logs', 'secretsmanager', 'sqs', 'ssm', 'sts',
] as const;

/** Those without which no node comes up: it finds its cluster, gets its images, and its network program proves who it is. */
export const endpointsToStart = ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth'] as const;

/**
 * Services that can have an interface endpoint in a network.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const interfaceEndpoints = `
  access-analyzer account acm acm-pca airflow.api airflow.env airflow.ops amplify analytics-omics app-integrations appconfig appconfigdata
  application-autoscaling application-signals applicationinsights appmesh appmesh-envoy-management apprunner apprunner.requests
  appstream.api appstream.streaming appsync-api apptest aps aps-workspaces arc-zonal-shift arsenal-discovery athena auditmanager
  autoscaling autoscaling-plans awsconnector b2bi backup backup-gateway batch bcm-pricing-calculator bedrock bedrock-agent
  bedrock-agent-runtime bedrock-agentcore bedrock-agentcore.gateway bedrock-data-automation bedrock-data-automation-runtime
  bedrock-runtime billing billingconductor braket cases cassandra ce cleanrooms cleanrooms-ml cloudcontrolapi clouddirectory
  cloudformation cloudhsmv2 cloudtrail codeartifact.api codeartifact.repositories codebuild codecatalyst.git codecatalyst.packages
  codecommit codeconnections.api codedeploy codedeploy-commands-secure codeguru-profiler codeguru-reviewer codepipeline
  codestar-connections.api codewhisperer cognito-identity cognito-idp comprehend comprehendmedical compute-optimizer config
  connect-campaigns console control-storage-omics controlcatalog cost-optimization-hub data-servicediscovery databrew dataexchange
  datasync datazone deadline.management deadline.scheduling deviceadvisor.iot devops-guru dicom-medical-imaging discovery dms drs ds
  ds-data dsql dynamodb-streams ebs ec2 ec2messages ecr-public.api ecr.api ecr.dkr ecs ecs-agent ecs-telemetry eks eks-auth
  elastic-inference.runtime elasticache elasticbeanstalk elasticbeanstalk-health elasticfilesystem elasticloadbalancing elasticmapreduce
  email email-smtp emr-containers emr-serverless emr-serverless-services.livy emr-serverless.dashboard emrwal.prod entityresolution es
  events evidently evidently-dataplane evs execute-api finspace finspace-api fis forecast forecastquery frauddetector fsx geo.geofencing
  geo.maps geo.metadata geo.places geo.routes geo.tracking git-codecommit glue glue.dashboard grafana grafana-workspace greengrass
  groundstation guardduty guardduty-data healthlake identitystore imagebuilder inspector-scan inspector2 internetmonitor invoicing
  iot.credentials iot.data iot.fleethub.api iotfleetwise iotroborunner iotsitewise.api iotsitewise.data iottwinmaker.api iottwinmaker.data
  iotwireless.api kafka kafkaconnect kendra kinesis-firehose kinesis-streams kinesisanalytics kms lakeformation lambda launchwizard
  license-manager license-manager-linux-subscriptions license-manager-user-subscriptions logs lookoutequipment lookoutmetrics
  lookoutvision lorawan.cups lorawan.lns m2 macie2 mail-manager managedblockchain-query managedblockchain.bitcoin.mainnet
  managedblockchain.bitcoin.testnet mediaconnect medical-imaging memory-db memorydb mgn migrationhub-orchestrator migrationhub-strategy
  models-v2-lex monitoring mq neptune-graph neptune-graph-data network-firewall networkflowmonitor networkflowmonitorreports
  networkmonitor nimble notifications oam observabilityadmin organizations outposts panorama payment-cryptography.controlplane
  payment-cryptography.dataplane pca-connector-ad pca-connector-scep pcs personalize personalize-events personalize-runtime pi pinpoint
  pinpoint-sms-voice-v2 pipes pipes-data polly pricing.api private-networks profile proton q qapps qldb.session quicksight-website ram
  rbin rds rds-data redshift redshift-data redshift-serverless refactor-spaces rekognition repostspace resource-explorer-2 resource-groups
  robomaker rolesanywhere route53resolver rum rum-dataplane runtime-medical-imaging runtime-v2-lex s3-outposts s3tables s3vectors
  sagemaker-data-science-assistant sagemaker-geospatial sagemaker.api sagemaker.featurestore-runtime sagemaker.metrics sagemaker.runtime
  scheduler schemas scn secretsmanager securityhub securitylake serverlessrepo service.user-subscriptions servicecatalog
  servicecatalog-appregistry servicediscovery servicequotas shield signin simspaceweaver sms snow-device-management sns social-messaging
  sqs ssm ssm-contacts ssm-incidents ssm-quicksetup ssmmessages states storage-omics storagegateway streaming-rekognition sts swf
  sync-states synthetics tagging tags-omics tax textract thinclient.api timestream-influxdb tnb transcribe transcribestreaming transfer
  transfer.server translate trustedadvisor verifiedpermissions voiceid vpc-lattice wafv2 wellarchitected wisdom workflows-omics workmail
  workspaces workspaces-web xray
`.trim().split(/\s+/);

/** What is wrong with the name of an endpoint; the standards of some governments have endpoints of their own, `-fips`. */
export function endpointProblem(name: string): string | undefined {
  if (['s3', 'dynamodb'].includes(name)) return 'is in every network already, by an endpoint that costs nothing; leave it out';
  if (interfaceEndpoints.includes(name.replace(/-fips$/, ''))) return undefined;
  return `is no service with an endpoint that is known here${didYouMean(name, interfaceEndpoints)}; for another, add a VpcEndpoint of the provider beside the network`;
}
