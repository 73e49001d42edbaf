import { taskArn } from "./arns.ts";
import type { ConsoleServer } from "./console-server.ts";

const pass = { Type: "Pass", End: true };

/** Workflows that the examples do not have, by their names. */
export const definitions = {
  /** A task that is done by whoever takes it, with a Retrier and a Catcher that are for other errors. */
  "settle-invoice": {
    Comment: "Settles an invoice.",
    StartAt: "Check invoice",
    States: {
      "Check invoice": { Type: "Pass", Next: "Settle" },
      Settle: {
        Type: "Task",
        Resource: taskArn("settlements"),
        Retry: [{ ErrorEquals: ["BankClosed"], MaxAttempts: 2, IntervalSeconds: 1 }],
        Catch: [{ ErrorEquals: ["BankUnknown"], Next: "Write letter" }],
        Next: "Archive",
      },
      "Write letter": { Type: "Pass", End: true },
      Archive: { Type: "Succeed" },
    },
  },
  /** The same for a list of them, one after the other. */
  "settle-invoices": {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        MaxConcurrency: 2,
        ItemProcessor: {
          StartAt: "Settle",
          States: {
            Settle: { Type: "Task", Resource: taskArn("settlements"), Next: "Note" },
            Note: pass,
          },
        },
        End: true,
      },
    },
  },
  /** Every item is an execution of its own; those below zero fail. */
  "reprice-catalogue": {
    StartAt: "Reprice",
    States: {
      Reprice: {
        Type: "Map",
        Label: "Reprice",
        ToleratedFailurePercentage: 100,
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
          StartAt: "Below zero?",
          States: {
            "Below zero?": {
              Type: "Choice",
              Choices: [{ Variable: "$", NumericLessThan: 0, Next: "No such price" }],
              Default: "Keep",
            },
            "No such price": {
              Type: "Fail",
              Error: "PriceBelowZero",
              Cause: "A price is at least 0",
            },
            Keep: pass,
          },
        },
        ResultPath: null,
        End: true,
      },
    },
  },
  "ship-parcel": {
    StartAt: "Label",
    States: { Label: { Type: "Pass", Next: "Hand over" }, "Hand over": pass },
  },
  /** Runs another workflow, and waits for it. */
  "fulfil-order": {
    StartAt: "Ship it",
    States: {
      "Ship it": {
        Type: "Task",
        Resource: "arn:aws:states:::states:startExecution.sync:2",
        Parameters: {
          StateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:ship-parcel",
          Input: { parcel: 7, "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id" },
        },
        End: true,
      },
    },
  },
  /** Counts up to `$.to`: some four events a round. */
  "count-up": {
    QueryLanguage: "JSONata",
    StartAt: "Set",
    States: {
      Set: { Type: "Pass", Assign: { n: 0, to: "{% $states.input.to %}" }, Next: "Add" },
      Add: { Type: "Pass", Assign: { n: "{% $n + 1 %}" }, Next: "Enough?" },
      "Enough?": {
        Type: "Choice",
        Choices: [{ Condition: "{% $n < $to %}", Next: "Add" }],
        Default: "Done",
      },
      Done: { Type: "Pass", Output: { n: "{% $n %}" }, End: true },
    },
  },
} as const;

/** Creates them, and the activity that one of them needs. */
export async function createWorkflows(
  { service }: ConsoleServer,
  names = Object.keys(definitions) as (keyof typeof definitions)[],
): Promise<void> {
  if (names.some((name) => name.startsWith("settle-"))) {
    await service.call("CreateActivity", { name: "settlements" });
  }
  for (const name of names) {
    await service.call("CreateStateMachine", {
      name,
      definition: JSON.stringify(definitions[name]),
      roleArn: "arn:aws:iam::000000000000:role/test",
    });
  }
}
