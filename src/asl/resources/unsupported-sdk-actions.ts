/**
 * Operations that SDK integrations do not have although the services do: they stream, are deprecated, or would hand out
 * credentials. Services are named as in ARNs.
 *
 * *Documented*: AWS SDK service integrations, "Unsupported API actions for supported services".
 */
const unsupported: { readonly [service: string]: string } = {
  applicationdiscovery: "describeExportConfigurations exportConfigurations",
  bedrockagentruntime:
    "invokeAgent invokeFlow invokeInlineAgent optimizePrompt retrieveAndGenerateStream",
  bedrockruntime: "converseStream invokeModelWithResponseStream",
  cloudwatchlogs: "startLiveTail",
  codedeploy:
    "batchGetDeploymentInstances getDeploymentInstance listDeploymentInstances skipWaitTimeForInstanceTermination",
  comprehendmedical: "detectEntities",
  dataexchange: "sendApiAsset",
  directconnect:
    "allocateConnectionOnInterconnect describeConnectionLoa describeConnectionsOnInterconnect describeInterconnectLoa",
  efs: "createTags",
  elastictranscoder: "testRole",
  emr: "describeJobFlows",
  iot: "attachPrincipalPolicy detachPrincipalPolicy listPolicyPrincipals listPrincipalPolicies",
  iotdeviceadvisor: "listTestCases",
  iotsitewise: "invokeAssistant",
  kinesis: "subscribeToShard",
  lambda: "invokeAsync invokeWithResponseStream",
  lexruntimev2: "startConversation",
  mediapackage: "rotateChannelCredentials",
  qbusiness: "chat",
  rdsdata: "executeSql",
  s3: "selectObjectContent",
  s3control: "selectObjectContent",
  sagemakerruntime: "invokeEndpointWithResponseStream",
  securitylake: `createDatalake createDatalakeAutoEnable createDatalakeDelegatedAdmin
    createDatalakeExceptionsSubscription deleteDatalake deleteDatalakeAutoEnable deleteDatalakeDelegatedAdmin
    deleteDatalakeExceptionsSubscription getDatalake getDatalakeAutoEnable getDatalakeExceptionsExpiry
    getDatalakeExceptionsSubscription getDatalakeStatus listDatalakeExceptions updateDatalake
    updateDatalakeExceptionsExpiry updateDatalakeExceptionsSubscription`,
  shield: "deleteSubscription",
  sts: "assumeRole assumeRoleWithSAML assumeRoleWithWebIdentity",
};

const unsupportedActions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(unsupported).map(([service, actions]) => [service, new Set(actions.split(/\s+/))]),
);

/** Services that are no more. *Documented*, on the same page. */
const droppedServices: ReadonlySet<string> = new Set(["iotroborunner", "macie", "mobile"]);

/**
 * Whether SDK integrations may have this action of this service; whether the service has it, only its model knows.
 *
 * *Observed* (aws-cdk, pull request 27635): the live service does not recognize `cloudwatchlogs:CreateLogStream`; actions
 * begin with a small letter.
 */
export function isSdkAction(service: string, action: string): boolean {
  return (
    /^[a-z]/.test(action) &&
    !droppedServices.has(service) &&
    unsupportedActions.get(service)?.has(action) !== true
  );
}
