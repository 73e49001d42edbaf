import type { IntegrationAction, IntegrationActions } from "./integration-action.ts";
import { apigateway } from "./integrations/apigateway.ts";
import { athena } from "./integrations/athena.ts";
import { batch } from "./integrations/batch.ts";
import { bedrock } from "./integrations/bedrock.ts";
import { codebuild } from "./integrations/codebuild.ts";
import { databrew } from "./integrations/databrew.ts";
import { dynamodb } from "./integrations/dynamodb.ts";
import { ecs } from "./integrations/ecs.ts";
import { eksControlPlane } from "./integrations/eks.ts";
import { eksKubernetes } from "./integrations/eks-kubernetes.ts";
import { elasticmapreduce } from "./integrations/elasticmapreduce.ts";
import { emrContainers } from "./integrations/emr-containers.ts";
import { emrServerless } from "./integrations/emr-serverless.ts";
import { events } from "./integrations/events.ts";
import { glue } from "./integrations/glue.ts";
import { http } from "./integrations/http.ts";
import { lambda } from "./integrations/lambda.ts";
import { mediaconvert } from "./integrations/mediaconvert.ts";
import { sagemaker } from "./integrations/sagemaker.ts";
import { sns } from "./integrations/sns.ts";
import { sqs } from "./integrations/sqs.ts";
import { states } from "./integrations/states.ts";
import { stepwell } from "./integrations/stepwell.ts";
import type { IntegrationPattern } from "./resource.ts";

/**
 * The optimized integrations of the service. An action of another name is "not recognized".
 *
 * Documented: integrating optimized services, support matrix. `aws-sdk` takes any service and action, and is not
 * in this table. A service whose parameters are known has a file in `integrations/`.
 */
export const optimizedIntegrations: { readonly [service: string]: IntegrationActions } = {
  apigateway,
  athena,
  batch,
  bedrock,
  codebuild,
  databrew,
  dynamodb,
  ecs,
  eks: { ...eksControlPlane, ...eksKubernetes },
  elasticmapreduce,
  "emr-containers": emrContainers,
  "emr-serverless": emrServerless,
  events,
  glue,
  http,
  lambda,
  mediaconvert,
  sagemaker,
  sns,
  sqs,
  states,
  stepwell,
};

/** The action of a service; `undefined` if there is none of that name. */
export function integrationAction(service: string, action: string): IntegrationAction | undefined {
  if (!Object.hasOwn(optimizedIntegrations, service)) return undefined;
  const actions = optimizedIntegrations[service] as IntegrationActions;
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}

/** Whether the service has the action, and the action the pattern. */
export function isOptimizedIntegration(
  service: string,
  action: string,
  pattern: IntegrationPattern,
): boolean {
  return integrationAction(service, action)?.patterns.includes(pattern) === true;
}
