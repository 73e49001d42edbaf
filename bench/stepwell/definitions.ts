/** Where the server of the benchmark has its resources. */
export const arnPrefix = "arn:aws:states:us-east-1:000000000000";
export const roleArn = "arn:aws:iam::000000000000:role/bench";

const functionArn = (name: string): string =>
  `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** Ten states of one kind, one after the other. */
function chain(state: object): object {
  const states: Record<string, object> = {};
  for (let step = 1; step <= 10; step++) {
    states[`Step${step}`] = {
      ...state,
      ...(step < 10 ? { Next: `Step${step + 1}` } : { End: true }),
    };
  }
  return { StartAt: "Step1", States: states };
}

export const tenPasses = chain({ Type: "Pass" });

export const tenTasks = chain({ Type: "Task", Resource: functionArn("trivial") });

export const wideMap = {
  StartAt: "All",
  States: {
    All: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "One",
        States: { One: { Type: "Task", Resource: functionArn("trivial"), End: true } },
      },
      End: true,
    },
  },
};

/** Hands its token to a function that writes it down, and waits for whoever sends the result. */
export const callback = {
  StartAt: "Wait",
  States: {
    Wait: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Parameters: {
        FunctionName: "keep-token",
        Payload: { "token.$": "$$.Task.Token" },
      },
      End: true,
    },
  },
};
