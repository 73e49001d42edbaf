/** What a policy template allows. */
export interface TemplateStatement {
  /** `service:Action Action …`. */
  readonly actions: string;
  /** ARNs without partition, Region and account; `${Name}` is a parameter. */
  readonly resources: readonly string[];
  readonly condition?: { readonly key: string; readonly arn: string };
}

function allow(actions: string, ...resources: readonly string[]): TemplateStatement {
  return { actions, resources: resources.length === 0 ? ["*"] : resources };
}

const table = "dynamodb:table/${TableName}";
const backup = `${table}/backup/*`;
const tableAndIndexes = [table, `${table}/index/*`];
const bucket = "s3:::${BucketName}";
const objects = `${bucket}/*`;
const cluster = "elasticmapreduce:cluster/${ClusterId}";
const identity = "ses:identity/${IdentityName}";
const collection = "rekognition:collection/${CollectionId}";
const stream = "kinesis:stream/${StreamName}";
const delivery = "firehose:deliverystream/${DeliveryStreamName}";
const key = "kms:key/${KeyId}";
const repository = "codecommit:${RepositoryName}";
const machine = "states:stateMachine:${StateMachineName}";
const parameterActions = "ssm:GetParameters GetParameter GetParametersByPath";
const readRepository =
  "GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder GetComment GetCommentsForComparedCommit BatchGetCommits GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository ListTagsForResource GetRepositoryTriggers TestRepositoryTriggers GetUploadArchiveStatus";
const writeRepository =
  "GitPush CreateBranch DeleteBranch MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay UpdateDefaultBranch CreateUnreferencedMergeCommit CreatePullRequest MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay PostCommentForPullRequest UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestTitle DeleteFile PutFile DeleteCommentContent PostCommentForComparedCommit PostCommentReply UpdateComment CreateCommit UpdateRepositoryDescription TagResource UntagResource PutRepositoryTriggers UploadArchive CancelUploadArchive";

/** Each policy template with what it allows. Documented: "AWS SAM policy template list". */
export const policyTemplateTable: { readonly [name: string]: readonly TemplateStatement[] } = {
  AMIDescribePolicy: [allow("ec2:DescribeImages")],
  AWSSecretsManagerGetSecretValuePolicy: [allow("secretsmanager:GetSecretValue", "${SecretArn}")],
  AWSSecretsManagerRotationPolicy: [
    {
      ...allow(
        "secretsmanager:DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage",
        "secretsmanager:secret:*",
      ),
      condition: {
        key: "secretsmanager:resource/AllowRotationLambdaArn",
        arn: "lambda:function:${FunctionName}",
      },
    },
    allow("secretsmanager:GetRandomPassword"),
  ],
  AcmGetCertificatePolicy: [allow("acm:GetCertificate", "${CertificateArn}")],
  AthenaQueryPolicy: [
    allow(
      "athena:ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces GetTables GetTable",
    ),
    allow(
      "athena:StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery ListQueryExecutions StopQueryExecution GetQueryResultsStream ListNamedQueries CreateNamedQuery GetQueryExecution BatchGetNamedQuery BatchGetQueryExecution GetWorkGroup",
      "athena:workgroup/${WorkGroupName}",
    ),
  ],
  CloudFormationDescribeStacksPolicy: [
    allow("cloudformation:DescribeStacks", "cloudformation:stack/*"),
  ],
  CloudWatchDashboardPolicy: [
    allow("cloudwatch:GetDashboard ListDashboards PutDashboard ListMetrics"),
  ],
  CloudWatchDescribeAlarmHistoryPolicy: [allow("cloudwatch:DescribeAlarmHistory")],
  CloudWatchPutMetricPolicy: [allow("cloudwatch:PutMetricData")],
  CodeCommitCrudPolicy: [allow(`codecommit:${readRepository} ${writeRepository}`, repository)],
  CodeCommitReadPolicy: [allow(`codecommit:${readRepository}`, repository)],
  CodePipelineLambdaExecutionPolicy: [
    allow("codepipeline:PutJobSuccessResult PutJobFailureResult"),
  ],
  CodePipelineReadOnlyPolicy: [
    allow("codepipeline:ListPipelineExecutions", "codepipeline:${PipelineName}"),
  ],
  ComprehendBasicAccessPolicy: [
    allow(
      "comprehend:BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities DetectKeyPhrases DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment",
    ),
  ],
  CostExplorerReadOnlyPolicy: [
    allow(
      "ce:GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation GetReservationUtilization GetTags",
    ),
  ],
  DynamoDBBackupFullAccessPolicy: [
    allow("dynamodb:CreateBackup DescribeContinuousBackups", table),
    allow("dynamodb:DeleteBackup DescribeBackup ListBackups", backup),
  ],
  DynamoDBCrudPolicy: [
    allow(
      "dynamodb:GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem",
      ...tableAndIndexes,
    ),
  ],
  DynamoDBReadPolicy: [
    allow("dynamodb:GetItem Scan Query BatchGetItem DescribeTable", ...tableAndIndexes),
  ],
  DynamoDBReconfigurePolicy: [allow("dynamodb:UpdateTable", table)],
  DynamoDBRestoreFromBackupPolicy: [
    allow("dynamodb:RestoreTableFromBackup", backup),
    allow("dynamodb:PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem", table),
  ],
  DynamoDBStreamReadPolicy: [
    allow("dynamodb:DescribeStream GetRecords GetShardIterator", `${table}/stream/\${StreamName}`),
    allow("dynamodb:ListStreams", `${table}/stream/*`),
  ],
  DynamoDBWritePolicy: [allow("dynamodb:PutItem UpdateItem BatchWriteItem", ...tableAndIndexes)],
  EC2CopyImagePolicy: [allow("ec2:CopyImage", "ec2:image/${ImageId}")],
  EC2DescribePolicy: [allow("ec2:DescribeRegions DescribeInstances")],
  EFSWriteAccessPolicy: [
    {
      ...allow(
        "elasticfilesystem:ClientMount ClientWrite",
        "elasticfilesystem:file-system/${FileSystem}",
      ),
      condition: {
        key: "elasticfilesystem:AccessPointArn",
        arn: "elasticfilesystem:access-point/${AccessPoint}",
      },
    },
  ],
  EKSDescribePolicy: [allow("eks:DescribeCluster ListClusters")],
  EcsRunTaskPolicy: [allow("ecs:RunTask", "ecs:task-definition/${TaskDefinition}")],
  ElasticMapReduceAddJobFlowStepsPolicy: [allow("elasticmapreduce:AddJobFlowSteps", cluster)],
  ElasticMapReduceCancelStepsPolicy: [allow("elasticmapreduce:CancelSteps", cluster)],
  ElasticMapReduceModifyInstanceFleetPolicy: [
    allow("elasticmapreduce:ModifyInstanceFleet ListInstanceFleets", cluster),
  ],
  ElasticMapReduceModifyInstanceGroupsPolicy: [
    allow("elasticmapreduce:ModifyInstanceGroups ListInstanceGroups", cluster),
  ],
  ElasticMapReduceSetTerminationProtectionPolicy: [
    allow("elasticmapreduce:SetTerminationProtection", cluster),
  ],
  ElasticMapReduceTerminateJobFlowsPolicy: [allow("elasticmapreduce:TerminateJobFlows", cluster)],
  ElasticsearchHttpPostPolicy: [allow("es:ESHttpPost ESHttpPut", "es:domain/${DomainName}/*")],
  EventBridgePutEventsPolicy: [allow("events:PutEvents", "events:event-bus/${EventBusName}")],
  FilterLogEventsPolicy: [
    allow("logs:FilterLogEvents", "logs:log-group:${LogGroupName}:log-stream:*"),
  ],
  FirehoseCrudPolicy: [
    allow(
      "firehose:CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination",
      delivery,
    ),
  ],
  FirehoseWritePolicy: [allow("firehose:PutRecord PutRecordBatch", delivery)],
  KMSDecryptPolicy: [allow("kms:Decrypt", key)],
  KMSEncryptPolicy: [allow("kms:Encrypt", key)],
  KMSEncryptPolicy_v2: [
    allow(
      "kms:Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext",
      key,
    ),
  ],
  KinesisCrudPolicy: [
    allow(
      "kinesis:AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream",
      stream,
    ),
  ],
  KinesisStreamReadPolicy: [
    allow("kinesis:ListStreams DescribeLimits", "kinesis:stream/*"),
    allow("kinesis:DescribeStream DescribeStreamSummary GetRecords GetShardIterator", stream),
  ],
  LambdaInvokePolicy: [allow("lambda:InvokeFunction", "lambda:function:${FunctionName}*")],
  MobileAnalyticsWriteOnlyAccessPolicy: [allow("mobileanalytics:PutEvents")],
  OrganizationsListAccountsPolicy: [allow("organizations:ListAccounts")],
  PinpointEndpointAccessPolicy: [
    allow(
      "mobiletargeting:GetEndpoint UpdateEndpoint UpdateEndpointsBatch",
      "mobiletargeting:apps/${PinpointApplicationId}/endpoints/*",
    ),
  ],
  PollyFullAccessPolicy: [
    allow("polly:GetLexicon DeleteLexicon", "polly:lexicon/${LexiconName}"),
    allow("polly:DescribeVoices ListLexicons PutLexicon SynthesizeSpeech", "polly:lexicon/*"),
  ],
  RekognitionDetectOnlyPolicy: [
    allow("rekognition:DetectFaces DetectLabels DetectModerationLabels DetectText"),
  ],
  RekognitionFacesManagementPolicy: [
    allow(
      "rekognition:IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces",
      collection,
    ),
  ],
  RekognitionFacesPolicy: [allow("rekognition:CompareFaces DetectFaces")],
  RekognitionLabelsPolicy: [allow("rekognition:DetectLabels DetectModerationLabels")],
  RekognitionNoDataAccessPolicy: [
    allow("rekognition:CompareFaces DetectFaces DetectLabels DetectModerationLabels", collection),
  ],
  RekognitionReadPolicy: [
    allow("rekognition:ListCollections ListFaces SearchFaces SearchFacesByImage", collection),
  ],
  RekognitionWriteOnlyAccessPolicy: [allow("rekognition:CreateCollection IndexFaces", collection)],
  Route53ChangeResourceRecordSetsPolicy: [
    allow("route53:ChangeResourceRecordSets", "route53:::hostedzone/${HostedZoneId}"),
  ],
  S3CrudPolicy: [
    allow(
      "s3:GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject",
      bucket,
      objects,
    ),
  ],
  S3FullAccessPolicy: [
    allow(
      "s3:GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging",
      objects,
    ),
    allow(
      "s3:ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration",
      bucket,
    ),
  ],
  S3ReadPolicy: [
    allow(
      "s3:GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration",
      bucket,
      objects,
    ),
  ],
  S3WritePolicy: [allow("s3:PutObject PutObjectAcl PutLifecycleConfiguration", bucket, objects)],
  SESBulkTemplatedCrudPolicy: [
    allow(
      "ses:GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail VerifyEmailIdentity",
      identity,
    ),
  ],
  SESBulkTemplatedCrudPolicy_v2: [
    allow(
      "ses:SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail",
      identity,
      "ses:template/${TemplateName}",
    ),
    allow("ses:GetIdentityVerificationAttributes VerifyEmailIdentity"),
  ],
  SESCrudPolicy: [
    allow(
      "ses:GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity",
      identity,
    ),
  ],
  SESEmailTemplateCrudPolicy: [
    allow(
      "ses:CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate",
    ),
  ],
  SESSendBouncePolicy: [allow("ses:SendBounce", identity)],
  SNSCrudPolicy: [
    allow(
      "sns:ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish",
      "sns:${TopicName}*",
    ),
  ],
  SNSPublishMessagePolicy: [allow("sns:Publish", "sns:${TopicName}")],
  SQSPollerPolicy: [
    allow(
      "sqs:ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage",
      "sqs:${QueueName}",
    ),
  ],
  SQSSendMessagePolicy: [allow("sqs:SendMessage*", "sqs:${QueueName}")],
  SSMParameterReadPolicy: [
    allow("ssm:DescribeParameters"),
    allow(parameterActions, "ssm:parameter/${ParameterName}"),
  ],
  SSMParameterWithSlashPrefixReadPolicy: [
    allow("ssm:DescribeParameters"),
    allow(parameterActions, "ssm:parameter${ParameterName}"),
  ],
  SageMakerCreateEndpointConfigPolicy: [
    allow("sagemaker:CreateEndpointConfig", "sagemaker:endpoint-config/${EndpointConfigName}"),
  ],
  SageMakerCreateEndpointPolicy: [
    allow("sagemaker:CreateEndpoint", "sagemaker:endpoint/${EndpointName}"),
  ],
  ServerlessRepoReadWriteAccessPolicy: [
    allow(
      "serverlessrepo:CreateApplication CreateApplicationVersion UpdateApplication GetApplication ListApplications ListApplicationVersions ListApplicationDependencies",
      "serverlessrepo:applications/*",
    ),
  ],
  StepFunctionsCallbackPolicy: [
    allow("states:SendTaskFailure SendTaskHeartbeat SendTaskSuccess", machine),
  ],
  StepFunctionsExecutionPolicy: [allow("states:StartExecution", machine)],
  StepFunctionsExecutionPolicy_v2: [allow("states:StartExecution StartSyncExecution", machine)],
  TextractDetectAnalyzePolicy: [
    allow(
      "textract:DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument",
    ),
  ],
  TextractGetResultPolicy: [allow("textract:GetDocumentTextDetection GetDocumentAnalysis")],
  TextractPolicy: [allow("textract:*")],
  VPCAccessPolicy: [
    allow(
      "ec2:CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface",
    ),
  ],
};
