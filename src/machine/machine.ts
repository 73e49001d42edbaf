import type { StateMachineDefinition } from "../asl/definition.ts";
import type { TaskResource } from "../asl/resources/resource.ts";
import type { Payload } from "../expression/payload.ts";
import type { TaskId } from "./ids.ts";
import type { Limits } from "./limits.ts";
import type { TestStateProbe } from "./test-state/probe.ts";

/** Who an execution is: what its context object and its ARNs are made of. */
export interface ExecutionIdentity {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly roleArn: string;
  readonly region: string;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
}

/** What the core must know of the world; each answer is a fact that the caller holds, not IO. */
export interface Environment {
  /** The token of a task attempt. The same attempt always has the same token. */
  taskToken(executionArn: string, taskId: TaskId): string;
  /** `stateName` is the state that asks: its task may be mocked, and needs no activity then. */
  activityExists(activityArn: string, stateName: string): boolean;
  /** Why these parameters can never start a task of this resource; `undefined` if they may. */
  refuseParameters(resource: TaskResource, parameters: Payload): string | undefined;
}

/** Everything about an execution that does not change while it runs. */
export interface Machine {
  readonly definition: StateMachineDefinition;
  readonly type: "STANDARD" | "EXPRESS";
  readonly identity: ExecutionIdentity;
  readonly limits: Limits;
  readonly environment: Environment;
  /** What waits and retry delays are multiplied by; absent: 1. Time-outs stay as they are. */
  readonly waitTimeScale?: number;
  /** Present if TestState runs this machine: for one state, after which nothing follows. */
  readonly probe?: TestStateProbe;
}
