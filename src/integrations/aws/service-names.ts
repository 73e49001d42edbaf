/**
 * Client packages with hyphens in their names, after `client-`. The services' names in ARNs have none: `rdsdata` is
 * served by `client-rds-data`. *Documented*: service ids of the API models, November 2025.
 */
export const hyphenatedClients: readonly string[] =
  `acm-pca api-gateway app-mesh application-auto-scaling application-discovery-service application-insights
  application-signals arc-region-switch arc-zonal-shift auto-scaling auto-scaling-plans backup-gateway bcm-dashboards
  bcm-data-exports bcm-pricing-calculator bcm-recommended-actions bedrock-agent bedrock-agent-runtime bedrock-agentcore
  bedrock-agentcore-control bedrock-data-automation bedrock-data-automation-runtime bedrock-runtime chime-sdk-identity
  chime-sdk-media-pipelines chime-sdk-meetings chime-sdk-messaging chime-sdk-voice cloudfront-keyvaluestore cloudhsm-v2
  cloudsearch-domain cloudtrail-data cloudwatch-events cloudwatch-logs codeguru-reviewer codeguru-security
  codestar-connections codestar-notifications cognito-identity cognito-identity-provider cognito-sync compute-optimizer
  compute-optimizer-automation config-service connect-contact-lens cost-and-usage-report-service cost-explorer
  cost-optimization-hub customer-profiles data-pipeline database-migration-service device-farm devops-guru direct-connect
  directory-service directory-service-data docdb-elastic dynamodb-streams ec2-instance-connect ecr-public eks-auth
  elastic-beanstalk elastic-inference elastic-load-balancing elastic-load-balancing-v2 elastic-transcoder
  elasticsearch-service emr-containers emr-serverless finspace-data geo-maps geo-places geo-routes global-accelerator
  inspector-scan iot-data-plane iot-events iot-events-data iot-jobs-data-plane iot-managed-integrations iot-wireless
  ivs-realtime kendra-ranking kinesis-analytics kinesis-analytics-v2 kinesis-video kinesis-video-archived-media
  kinesis-video-media kinesis-video-signaling kinesis-video-webrtc-storage launch-wizard lex-model-building-service
  lex-models-v2 lex-runtime-service lex-runtime-v2 license-manager license-manager-linux-subscriptions
  license-manager-user-subscriptions machine-learning managedblockchain-query marketplace-agreement marketplace-catalog
  marketplace-commerce-analytics marketplace-deployment marketplace-entitlement-service marketplace-metering
  marketplace-reporting mediapackage-vod mediastore-data medical-imaging migration-hub migration-hub-refactor-spaces
  migrationhub-config mwaa-serverless neptune-graph network-firewall partnercentral-account partnercentral-benefits
  partnercentral-channel partnercentral-selling payment-cryptography payment-cryptography-data pca-connector-ad
  pca-connector-scep personalize-events personalize-runtime pinpoint-email pinpoint-sms-voice pinpoint-sms-voice-v2
  qldb-session rds-data redshift-data redshift-serverless resource-explorer-2 resource-groups
  resource-groups-tagging-api route-53 route-53-domains route53-recovery-cluster route53-recovery-control-config
  route53-recovery-readiness s3-control sagemaker-a2i-runtime sagemaker-edge sagemaker-featurestore-runtime
  sagemaker-geospatial sagemaker-metrics sagemaker-runtime secrets-manager security-ir service-catalog
  service-catalog-appregistry service-quotas signer-data snow-device-management ssm-contacts ssm-guiconnect ssm-incidents
  ssm-quicksetup ssm-sap sso-admin sso-oidc storage-gateway support-app timestream-influxdb timestream-query
  timestream-write transcribe-streaming voice-id vpc-lattice waf-regional workspaces-instances workspaces-thin-client
  workspaces-web`.split(/\s+/);

/** Java's names leave a `Service` at the end out: `config` is served by `client-config-service`. */
const packages = new Map(
  hyphenatedClients.flatMap((name) => {
    const plain = name.replaceAll("-", "");
    return [
      [plain, name],
      [plain.replace(/service$/, ""), name],
    ] as const;
  }),
);

/** Optimized integrations, and names in IAM, that SDK integrations name otherwise. */
const otherNames: { readonly [name: string]: string } = {
  events: "eventbridge",
  elasticmapreduce: "emr",
  logs: "cloudwatchlogs",
  states: "sfn",
};

/**
 * A service as the ARNs of SDK integrations name it, by what people know it by: that name in any case, an optimized
 * integration's (`emr-serverless`, `events`), its package's (`@aws-sdk/client-rds-data`).
 */
export function sdkServiceName(name: string): string {
  const short = name.replace(/^(?:@aws-sdk\/)?client-/, "").replace(/^aws-sdk:/, "");
  const whole = short.toLowerCase().replaceAll("-", "");
  const known = packages.get(whole);
  const javaName = whole.replace(/service$/, "");
  const plain = known !== undefined && packages.get(javaName) === known ? javaName : whole;
  return Object.hasOwn(otherNames, plain) ? (otherNames[plain] as string) : plain;
}

/** The package with the client of a service, which is named as in the ARNs of SDK integrations. */
export function clientPackage(service: string): string {
  return `@aws-sdk/client-${packages.get(service) ?? service}`;
}

/**
 * The name of a service in its errors, from the service id of its API: `DynamoDB` is `DynamoDb`, `CloudWatch Logs` is
 * `CloudWatchLogs`, `SESv2` is `SesV2`.
 *
 * *Documented*: AWS SDK service integrations list the names, which are those of the AWS SDK for Java, version 2, whose
 * way to split words this is.
 */
export function serviceErrorPrefix(serviceId: string): string {
  const name = serviceId
    .replaceAll(/[^A-Za-z0-9]+/g, " ")
    .replaceAll(/([^a-z]{2,})v([0-9]+)/g, "$1 v$2 ")
    .replaceAll(/([^A-Z]{2,})V([0-9]+)/g, "$1 V$2 ")
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, " ")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replaceAll(/([0-9])([a-zA-Z])/g, "$1 $2")
    .split(" ")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("");
  return name.replace(/^(?:Amazon|Aws)/, "").replace(/Service$/, "");
}
