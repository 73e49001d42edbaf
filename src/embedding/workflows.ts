import type { JsonObject, JsonValue } from "../expression/json.ts";
import { stateMachineArn } from "../machine/arns.ts";
import { ApiError } from "../service/errors/api-error.ts";
import type { InputOf, OperationName } from "../service/model/service-model.ts";
import type { Service } from "../service/service.ts";

/** How an execution ended. */
export interface ExecutionResult {
  readonly executionArn: string;
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  /** Of one that has succeeded. */
  readonly output?: JsonValue;
  /** Of one that has not. */
  readonly error?: string;
  readonly cause?: string;
}

export interface DeployOptions {
  /** Absent: STANDARD. What is there already keeps its type. */
  readonly type?: "STANDARD" | "EXPRESS";
  /** Absent: a role that the account could have; nobody is asked about it where everybody may do everything. */
  readonly roleArn?: string;
}

/** What state machines are made and run with: the API, and what most callers make of it. */
export interface Workflows {
  /**
   * Calls an operation of the Step Functions API, and answers its output as on the wire: times are seconds since 1970.
   * Rejects with a {@link ApiError}, whose `code` is AWS's name of the error.
   */
  call<N extends OperationName>(operation: N, input: InputOf<N>): Promise<JsonObject>;
  /** Creates the state machine of this name, or updates it. Resolves with its ARN. */
  deploy(name: string, definition: JsonObject | string, options?: DeployOptions): Promise<string>;
  /**
   * Starts an execution, and resolves when it has ended, however it did. An Express workflow runs synchronously.
   * `nameOrArn` may be the ARN of a version or an alias, too.
   */
  run(nameOrArn: string, input?: JsonValue): Promise<ExecutionResult>;
}

/** Our choice: as long as a client of the API can wait at once. */
const waitSeconds = 60;

export function workflowsOf(
  service: Pick<Service, "call" | "scope">,
  signal: AbortSignal,
): Workflows {
  const { scope } = service;
  const arnOf = (nameOrArn: string): string =>
    nameOrArn.startsWith("arn:") ? nameOrArn : stateMachineArn(scope, nameOrArn);

  async function update(name: string, definition: string): Promise<string> {
    const arn = stateMachineArn(scope, name);
    await service.call("UpdateStateMachine", { stateMachineArn: arn, definition });
    return arn;
  }

  async function untilEnded(executionArn: JsonValue): Promise<ExecutionResult> {
    for (;;) {
      signal.throwIfAborted();
      const request = { waitSeconds, signal };
      const described = await service.call("DescribeExecution", { executionArn }, request);
      if (described["status"] !== "RUNNING") return resultOf(described);
    }
  }

  return {
    call: (operation, input) => service.call(operation, input),
    async deploy(name, definition, options = {}) {
      const text = typeof definition === "string" ? definition : JSON.stringify(definition);
      const { roleArn = `arn:aws:iam::${scope.accountId}:role/stepwell`, type } = options;
      try {
        const made = { name, definition: text, roleArn, ...(type !== undefined && { type }) };
        return (await service.call("CreateStateMachine", made))["stateMachineArn"] as string;
      } catch (error) {
        const isThere = error instanceof ApiError && error.code === "StateMachineAlreadyExists";
        if (!isThere) throw error;
        return await update(name, text);
      }
    },
    async run(nameOrArn, input = {}) {
      const arn = arnOf(nameOrArn);
      const start = { stateMachineArn: arn, input: JSON.stringify(input) };
      try {
        return resultOf(await service.call("StartSyncExecution", start, { signal }));
      } catch (error) {
        // Documented: what a Standard workflow answers to that.
        const isStandard =
          error instanceof ApiError && error.code === "StateMachineTypeNotSupported";
        if (!isStandard) throw error;
        const { executionArn = null } = await service.call("StartExecution", start);
        return await untilEnded(executionArn);
      }
    },
  };
}

function resultOf(described: JsonObject): ExecutionResult {
  const { executionArn, status, output, error, cause } = described;
  return {
    executionArn: executionArn as string,
    status: status as ExecutionResult["status"],
    ...(typeof output === "string" && { output: JSON.parse(output) as JsonValue }),
    ...(typeof error === "string" && { error }),
    ...(typeof cause === "string" && { cause }),
  };
}
