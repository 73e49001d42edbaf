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

const callTrivial = { Type: "Task", Resource: functionArn("trivial") };

export const tenTasks = chain(callTrivial);

/** A state that ends with the call of a function. */
export const functionTask = { ...callTrivial, End: true };

export const wideMap = {
  StartAt: "All",
  States: {
    All: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "One",
        States: { One: functionTask },
      },
      End: true,
    },
  },
};

export interface ItemProcessor {
  readonly StartAt: string;
  readonly States: object;
}

/** A distributed Map over the array in a JSON file; its results go to files in the same bucket. */
export function distributedMap(
  bucket: string,
  key: string,
  executionType: "EXPRESS" | "STANDARD",
  processor: ItemProcessor,
): object {
  return {
    StartAt: "All",
    States: {
      All: {
        Type: "Map",
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { InputType: "JSON" },
          Parameters: { Bucket: bucket, Key: key },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType },
          ...processor,
        },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Parameters: { Bucket: bucket, Prefix: "results" },
        },
        End: true,
      },
    },
  };
}

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

export const waitForAnHour = {
  StartAt: "Wait",
  States: { Wait: { Type: "Wait", Seconds: 3_600, End: true } },
};
