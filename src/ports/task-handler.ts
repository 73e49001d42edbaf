import type { TaskResource } from "../asl/resources/resource.ts";
import type { Payload } from "../expression/payload.ts";
import type { TaskId } from "../machine/ids.ts";
import type { ServiceRole } from "./service-role.ts";

/** One attempt of a Task, as a handler sees it. */
export interface TaskRequest {
  readonly resource: Exclude<TaskResource, { kind: "activity" }>;
  /** What the state computed: the call's parameters, or the event for a Lambda ARN. */
  readonly parameters: Payload;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateName: string;
  readonly taskId: TaskId;
  /** What the execution was started with: X-Ray's form, or W3C's `traceparent`. */
  readonly traceHeader?: string | undefined;
  /** Names this attempt to the outside; completes it by SendTaskSuccess and the like. */
  readonly taskToken: string;
  readonly timeoutSeconds: number | undefined;
  readonly credentialsRoleArn: string | undefined;
  /** The state machine's execution role. */
  readonly roleArn: string;
  /**
   * A trigger that calls in the place of a task: the ARNs above are its own. Its role may be empty; then whoever made it was asked
   * whether he may call this.
   */
  readonly trigger?: Omit<ServiceRole, "roleArn">;
}

/**
 * The reason of an attempt's abort where it is the server that leaves: the outcome still matters, and a job that has been
 * submitted goes on and is taken up by the next process. Any other abort says that the outcome no longer matters.
 */
export class ServerLeaves extends Error {
  override readonly name = "ServerLeaves";
}

export interface TaskControl {
  /** Aborted when nobody waits for the outcome here any more: time-out, stop, a failed sibling, {@link ServerLeaves}. */
  readonly signal: AbortSignal;
  /** Records that a `.sync` job was submitted; resolves once that is durable, so that it can be re-attached. */
  submitted(output: Payload): Promise<void>;
  /** Present where somebody wants to see what an HTTP task sends and gets. */
  readonly trace?: HttpTrace;
}

/** Takes note of an HTTP task's call. */
export interface HttpTrace {
  /** False: what a connection adds is shown masked. */
  readonly revealSecrets: boolean;
  exchanged(exchange: HttpExchange): void;
}

/** A call as TestState shows it: members as in its `inspectionData`. */
export interface HttpExchange {
  readonly request: {
    readonly protocol: string;
    readonly method: string;
    readonly url: string;
    /** `[name: value, name: value]`. */
    readonly headers: string;
    readonly body?: string;
  };
  /** Absent if none came. */
  readonly response?: {
    readonly protocol: string;
    readonly statusCode: string;
    readonly statusMessage: string;
    /** `[name: value, name: value]`. */
    readonly headers: string;
    readonly body: string;
  };
}

export type TaskOutcome =
  /** For `.waitForTaskToken` this is the answer of the call, and the token completes the task. */
  | { readonly type: "succeeded"; readonly output: Payload }
  | { readonly type: "failed"; readonly error: string; readonly cause?: string }
  /** The invocation parameters can never work: fails the execution with States.Runtime. */
  | { readonly type: "rejected"; readonly cause: string }
  /** Somebody else completes it: a message from a child execution, or the token. */
  | { readonly type: "pending" };

/** A service integration. One file each, all of one shape; the registry finds it by the resource. */
export interface TaskHandler {
  /** Whether it serves this resource. */
  handles(resource: TaskRequest["resource"]): boolean;
  /**
   * Why these parameters can never start a task, whatever the world is like; `undefined` if they may. Asked before the
   * task is scheduled, which it then is not.
   */
  refuseParameters?(resource: TaskRequest["resource"], parameters: Payload): string | undefined;
  /** Performs one attempt. What it throws is our own mistake: the attempt fails with `States.TaskFailed`. */
  run(request: TaskRequest, control: TaskControl): Promise<TaskOutcome>;
  /**
   * Takes up a `.sync` job whose submission was recorded before a restart. Absent: such a task fails as one with an
   * unknown outcome.
   */
  resume?(request: TaskRequest, submission: Payload, control: TaskControl): Promise<TaskOutcome>;
  /** Waits for nothing more; frees workers and connections. */
  close?(): Promise<void>;
}
