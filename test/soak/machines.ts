import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const arnPrefix = "arn:aws:states:us-east-1:000000000000";
export const roleArn = "arn:aws:iam::000000000000:role/soak";
export const activityArn = `${arnPrefix}:activity:soak-worker`;

const workArn = "arn:aws:lambda:us-east-1:000000000000:function:work";

/** What the function `work` gets: enough to name the attempt, and whether to fail it. */
const attempt = {
  "execution.$": "$$.Execution.Id",
  "state.$": "$$.State.Name",
  "retry.$": "$$.State.RetryCount",
};

/** Retries what the function throws, not an outcome that nobody knows. */
const retryFlaky = { ErrorEquals: ["Flaky"], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 1 };
/** Retries also what was cut by a kill: such an execution always succeeds in the end. */
const retryUnknown = {
  ErrorEquals: ["Lambda.Unknown", "States.TaskFailed", "States.Timeout"],
  IntervalSeconds: 1,
  MaxAttempts: 40,
  BackoffRate: 1,
};

interface Kind {
  readonly definition: object;
  /** Whether every execution must succeed, however often the server is killed. */
  readonly mustSucceed: boolean;
  /** How often it is started, relative to the others. */
  readonly weight: number;
}

function workState(name: string, options: { flaky?: boolean; retry: readonly object[] }): object {
  return {
    Type: "Task",
    Resource: workArn,
    Parameters: { ...attempt, index: -1, flaky: options.flaky ?? false },
    ResultPath: `$.${name}`,
    Retry: options.retry,
  };
}

function orderOf(retry: readonly object[]): object {
  return {
    StartAt: "Receive",
    States: {
      Receive: { ...workState("receive", { retry }), Next: "Ready" },
      Ready: { Type: "Pass", Next: "Rest" },
      Rest: { Type: "Wait", SecondsPath: "$.wait", Next: "Charge" },
      Charge: { ...workState("charge", { flaky: true, retry }), Next: "Large" },
      Large: {
        Type: "Choice",
        Choices: [{ Variable: "$.wait", NumericGreaterThan: 0, Next: "Ship" }],
        Default: "Done",
      },
      Ship: { ...workState("ship", { retry }), Next: "Done" },
      Done: { Type: "Succeed" },
    },
  };
}

const invokeWithToken = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Parameters: {
    FunctionName: "ask",
    Payload: { ...attempt, index: -1, "token.$": "$$.Task.Token" },
  },
};

/** The workflows of the soak: one of each way in which an execution can wait for something. */
export const kinds: { readonly [name: string]: Kind } = {
  "soak-order": {
    definition: orderOf([retryFlaky, retryUnknown]),
    mustSucceed: true,
    weight: 6,
  },
  "soak-order-bare": { definition: orderOf([retryFlaky]), mustSucceed: false, weight: 3 },
  "soak-fan-out": {
    definition: {
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          Branches: [
            {
              StartAt: "Items",
              States: {
                Items: {
                  Type: "Map",
                  ItemsPath: "$.items",
                  ItemSelector: { "index.$": "$$.Map.Item.Index" },
                  MaxConcurrency: 3,
                  ItemProcessor: {
                    StartAt: "Item",
                    States: {
                      Item: {
                        Type: "Task",
                        Resource: workArn,
                        Parameters: { ...attempt, "index.$": "$.index", flaky: false },
                        Retry: [retryUnknown],
                        End: true,
                      },
                    },
                  },
                  End: true,
                },
              },
            },
            {
              StartAt: "Pause",
              States: { Pause: { Type: "Wait", SecondsPath: "$.wait", End: true } },
            },
          ],
          End: true,
        },
      },
    },
    mustSucceed: true,
    weight: 1,
  },
  "soak-approval": {
    definition: {
      StartAt: "Approve",
      States: { Approve: { ...invokeWithToken, Retry: [retryUnknown], End: true } },
    },
    mustSucceed: true,
    weight: 3,
  },
  "soak-approval-bare": {
    definition: {
      StartAt: "Approve",
      States: { Approve: { ...invokeWithToken, End: true } },
    },
    mustSucceed: false,
    weight: 1,
  },
  "soak-parent": {
    definition: {
      StartAt: "Child",
      States: {
        Child: {
          Type: "Task",
          Resource: "arn:aws:states:::states:startExecution.sync:2",
          Parameters: {
            StateMachineArn: `${arnPrefix}:stateMachine:soak-order`,
            "Name.$": "States.Format('{}-child-{}', $$.Execution.Name, $$.State.RetryCount)",
            "Input.$": "$",
          },
          Retry: [retryUnknown],
          End: true,
        },
      },
    },
    mustSucceed: true,
    weight: 2,
  },
  "soak-activity": {
    definition: {
      StartAt: "Work",
      States: {
        Work: {
          Type: "Task",
          Resource: activityArn,
          // A worker that never got the answer with its task is a worker that has died.
          TimeoutSeconds: 8,
          Retry: [retryUnknown],
          End: true,
        },
      },
    },
    mustSucceed: true,
    weight: 2,
  },
};

/**
 * Writes the functions. Each call appends one line to a file before it does anything else: what was called is known
 * whatever becomes of the server.
 */
export function writeFunctions(folder: string): { attemptsFile: string; tokensFile: string } {
  const attemptsFile = join(folder, "attempts.jsonl");
  const tokensFile = join(folder, "tokens.txt");
  const write = (name: string, body: string): void => {
    mkdirSync(join(folder, "functions", name), { recursive: true });
    writeFileSync(
      join(folder, "functions", name, "index.mjs"),
      `import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
const record = ({ execution, state, index, retry }) => {
  const nonce = randomUUID();
  const line = JSON.stringify({ execution, state, index, retry, nonce });
  appendFileSync(${JSON.stringify(attemptsFile)}, line + "\\n");
  return nonce;
};
${body}`,
    );
  };
  write(
    "work",
    `export const handler = async (event) => {
  const nonce = record(event);
  if (Math.random() < 0.1) await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
  if (event.flaky && event.retry === 0) {
    throw Object.assign(new Error("fails the first time"), { name: "Flaky" });
  }
  return { nonce };
};
`,
  );
  write(
    "ask",
    `export const handler = async (event) => {
  const nonce = record(event);
  appendFileSync(${JSON.stringify(tokensFile)}, event.token + "\\n");
  return { nonce };
};
`,
  );
  writeFileSync(attemptsFile, "");
  writeFileSync(tokensFile, "");
  return { attemptsFile, tokensFile };
}
