import { hyphenatedClients, sdkServiceName } from "./service-names.ts";

/** Client packages without hyphens in their names, after `client-`. *Documented*: the packages of the AWS SDK, 2026. */
const plainClients =
  `accessanalyzer account acm amp amplify amplifybackend amplifyuibuilder apigatewaymanagementapi apigatewayv2
  appconfig appconfigdata appflow appintegrations applicationcostprofiler apprunner appstream appsync athena
  auditmanager backup batch bedrock billingconductor braket budgets chatbot chime cleanrooms cloud9 cloudcontrol
  clouddirectory cloudformation cloudfront cloudhsm cloudsearch cloudtrail cloudwatch codeartifact codebuild
  codecatalyst codecommit codedeploy codeguruprofiler codepipeline codestar comprehend comprehendmedical connect
  connectcampaigns connectcampaignsv2 connectcases connectparticipant controltower databrew dataexchange datasync
  datazone dax deadline detective dlm docdb drs dsql dynamodb ebs ec2 ecr ecs efs eks elasticache elementalinference
  emr entityresolution eventbridge evidently finspace firehose fis fms forecast forecastquery frauddetector fsx
  gamelift gameliftstreams glacier glue grafana greengrass greengrassv2 groundstation guardduty health healthlake
  iam identitystore imagebuilder inspector inspector2 internetmonitor invoicing iot iotanalytics iotdeviceadvisor
  iotfleethub iotsecuretunneling iotsitewise iotthingsgraph iottwinmaker ivs ivschat kafka kafkaconnect kendra
  keyspaces kinesis kms lakeformation lambda lightsail location lookoutequipment lookoutmetrics lookoutvision m2
  macie macie2 mailmanager managedblockchain mediaconnect mediaconvert medialive mediapackage mediapackagev2
  mediastore mediatailor memorydb mgn migrationhuborchestrator migrationhubstrategy mq mturk mwaa neptune
  neptunedata networkmanager oam omics opensearch opensearchserverless opsworks opsworkscm organizations osis
  outposts panorama personalize pi pinpoint pipes polly pricing proton qbusiness qconnect qldb quicksight ram rbin
  rds redshift rekognition rekognitionstreaming resiliencehub robomaker rolesanywhere route53resolver rum s3
  s3tables s3vectors sagemaker savingsplans scheduler schemas securityhub securitylake
  serverlessapplicationrepository servicediscovery ses sesv2 sfn shield signer sms snowball sns socialmessaging sqs
  ssm sso sts support swf synthetics textract tnb transcribe transfer translate trustedadvisor verifiedpermissions
  waf wafv2 wellarchitected wisdom workdocs worklink workmail workmailmessageflow workspaces xray`.split(
    /\s+/,
  );

/** A service that the AWS SDK has a client of, installed or not. */
export interface KnownClient {
  /** As the ARNs of SDK integrations name it. */
  readonly service: string;
  readonly packageName: string;
  /** The package's name in words: `Rds Data`. */
  readonly words: string;
}

/** Every service that the AWS SDK has a client of, by name. */
export const knownClients: readonly KnownClient[] = [...hyphenatedClients, ...plainClients]
  .map((name) => ({
    service: sdkServiceName(name),
    packageName: `@aws-sdk/client-${name}`,
    words: name
      .split("-")
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(" "),
  }))
  .toSorted((a, b) => (a.service < b.service ? -1 : 1));
