import { notAvailable } from "./not-available.ts";
import type { Operation } from "./operation.ts";
import { createActivity } from "./operations/create-activity.ts";
import { createStateMachine } from "./operations/create-state-machine.ts";
import { deleteActivity } from "./operations/delete-activity.ts";
import { deleteStateMachine } from "./operations/delete-state-machine.ts";
import { describeActivity } from "./operations/describe-activity.ts";
import { describeExecution } from "./operations/describe-execution.ts";
import { describeStateMachineForExecution } from "./operations/describe-state-machine-for-execution.ts";
import { describeStateMachine } from "./operations/describe-state-machine.ts";
import { getActivityTask } from "./operations/get-activity-task.ts";
import { getExecutionHistory } from "./operations/get-execution-history.ts";
import { listActivities } from "./operations/list-activities.ts";
import { listExecutions } from "./operations/list-executions.ts";
import { listStateMachines } from "./operations/list-state-machines.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { sendTaskFailure } from "./operations/send-task-failure.ts";
import { sendTaskHeartbeat } from "./operations/send-task-heartbeat.ts";
import { sendTaskSuccess } from "./operations/send-task-success.ts";
import { startExecution } from "./operations/start-execution.ts";
import { startSyncExecution } from "./operations/start-sync-execution.ts";
import { stopExecution } from "./operations/stop-execution.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateStateMachine } from "./operations/update-state-machine.ts";
import { validateStateMachineDefinition } from "./operations/validate-state-machine-definition.ts";
import type { OperationName } from "./service-model.ts";

/** Every operation of the service; one that is forgotten does not compile. */
export const operations = {
  CreateActivity: createActivity,
  CreateStateMachine: createStateMachine,
  CreateStateMachineAlias: unavailable("CreateStateMachineAlias"),
  DeleteActivity: deleteActivity,
  DeleteStateMachine: deleteStateMachine,
  DeleteStateMachineAlias: unavailable("DeleteStateMachineAlias"),
  DeleteStateMachineVersion: unavailable("DeleteStateMachineVersion"),
  DescribeActivity: describeActivity,
  DescribeExecution: describeExecution,
  DescribeMapRun: unavailable("DescribeMapRun"),
  DescribeStateMachine: describeStateMachine,
  DescribeStateMachineAlias: unavailable("DescribeStateMachineAlias"),
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  GetActivityTask: getActivityTask,
  GetExecutionHistory: getExecutionHistory,
  ListActivities: listActivities,
  ListExecutions: listExecutions,
  ListMapRuns: unavailable("ListMapRuns"),
  ListStateMachineAliases: unavailable("ListStateMachineAliases"),
  ListStateMachines: listStateMachines,
  ListStateMachineVersions: unavailable("ListStateMachineVersions"),
  ListTagsForResource: listTagsForResource,
  PublishStateMachineVersion: unavailable("PublishStateMachineVersion"),
  RedriveExecution: unavailable("RedriveExecution"),
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  SendTaskSuccess: sendTaskSuccess,
  StartExecution: startExecution,
  StartSyncExecution: startSyncExecution,
  StopExecution: stopExecution,
  TagResource: tagResource,
  TestState: unavailable("TestState"),
  UntagResource: untagResource,
  UpdateMapRun: unavailable("UpdateMapRun"),
  UpdateStateMachine: updateStateMachine,
  UpdateStateMachineAlias: unavailable("UpdateStateMachineAlias"),
  ValidateStateMachineDefinition: validateStateMachineDefinition,
} satisfies { readonly [N in OperationName]: Operation<N> };

function unavailable(operation: OperationName): () => never {
  return () => {
    throw notAvailable(`The operation ${operation}`);
  };
}
