import type { OperationName } from "../../service/model/service-model.ts";
import type { BucketSize } from "../../service/token-buckets.ts";

const quota = (tokens: number, refillPerSecond: number): BucketSize => ({
  tokens,
  refillPerSecond,
});

/**
 * *Documented*: Step Functions' quotas, "API action throttling" and "Other quotas", as they are in the large Regions.
 *
 * *Our choice*: StartExecution has what AWS gives to Express workflows. Which type a workflow is of is not known before its
 * execution is started, and Standard's 1,300 and 300 are there to share a service with others.
 */
export const awsQuotas: { readonly [O in OperationName]?: BucketSize } = {
  StartExecution: quota(6_000, 6_000),
  StartSyncExecution: quota(6_000, 6_000),
  CreateActivity: quota(100, 1),
  CreateStateMachine: quota(100, 1),
  DeleteActivity: quota(100, 1),
  DeleteStateMachine: quota(100, 1),
  DescribeActivity: quota(200, 1),
  DescribeExecution: quota(300, 15),
  DescribeStateMachine: quota(200, 20),
  DescribeStateMachineForExecution: quota(200, 1),
  GetActivityTask: quota(3_000, 500),
  GetExecutionHistory: quota(400, 20),
  ListActivities: quota(100, 10),
  ListExecutions: quota(200, 5),
  ListStateMachines: quota(100, 5),
  ListTagsForResource: quota(100, 1),
  SendTaskFailure: quota(3_000, 500),
  SendTaskHeartbeat: quota(3_000, 500),
  SendTaskSuccess: quota(3_000, 500),
  StopExecution: quota(1_000, 200),
  TagResource: quota(200, 1),
  UntagResource: quota(200, 1),
  UpdateStateMachine: quota(100, 1),
};

/** *Our choice* for the operations that the list does not have: what most of the others get. */
export const quotaOfOthers: BucketSize = quota(200, 20);
