import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { arnPrefix } from "./machines.ts";

/** One line of the file that the function writes: a call that happened. */
export interface ItemCall {
  readonly execution: string;
  readonly redrive: number;
  readonly retry: number;
  readonly id: number;
}

/** Where the data set is, and where results go. */
export const bucket = "soak";
const dataSet = "items.json";
const resultsPrefix = "results";

/** Children fail of this while the function is broken. */
export const brokenError = "Broken";
/** One item in this many fails while the function is broken: more than {@link toleratedPercentage}. */
export const brokenEvery = 50;
export const toleratedPercentage = 1;

export type MapKind = "soak-map" | "soak-map-retrying" | "soak-map-express";

interface MapMachine {
  readonly executionType: "STANDARD" | "EXPRESS";
  /** Whether the children repeat an attempt that a kill has cut. */
  readonly retries: boolean;
}

export const mapMachines: { readonly [K in MapKind]: MapMachine } = {
  "soak-map": { executionType: "STANDARD", retries: false },
  "soak-map-retrying": { executionType: "STANDARD", retries: true },
  "soak-map-express": { executionType: "EXPRESS", retries: true },
};

/** A distributed Map over as many items of the data set as its input says. */
export function mapDefinition({ executionType, retries }: MapMachine): object {
  const retry = {
    ErrorEquals: ["Lambda.Unknown"],
    IntervalSeconds: 1,
    MaxAttempts: 40,
    BackoffRate: 1,
  };
  return {
    StartAt: "All",
    States: {
      All: {
        Type: "Map",
        Label: "All",
        MaxConcurrency: 200,
        ToleratedFailurePercentage: toleratedPercentage,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { InputType: "JSON", MaxItemsPath: "$.items" },
          Parameters: { Bucket: bucket, Key: dataSet },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType },
          StartAt: "Work",
          States: {
            Work: {
              Type: "Task",
              Resource: "arn:aws:lambda:us-east-1:000000000000:function:item",
              Parameters: {
                "execution.$": "$$.Execution.Id",
                ...(executionType === "STANDARD"
                  ? { "redrive.$": "$$.Execution.RedriveCount" }
                  : { redrive: 0 }),
                "retry.$": "$$.State.RetryCount",
                "id.$": "$.id",
              },
              ...(retries ? { Retry: [retry] } : {}),
              End: true,
            },
          },
        },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Parameters: { Bucket: bucket, Prefix: resultsPrefix },
        },
        End: true,
      },
    },
  };
}

export function mapMachineArn(kind: MapKind): string {
  return `${arnPrefix}:stateMachine:${kind}`;
}

/** The folder of the results of a Map Run, which is its redrive's if it was redriven. */
export function resultsKey(mapRunArn: string, redriveCount: number): string {
  const id = mapRunArn.slice(mapRunArn.lastIndexOf(":") + 1);
  return `${resultsPrefix}/${id}/${redriveCount === 0 ? "" : `Redrive-${redriveCount}/`}manifest.json`;
}

export interface MapFiles {
  /** What the function wrote down: a line for each call. */
  readonly callsFile: string;
  /** While it exists the function fails for some items. */
  readonly brokenFile: string;
}

/** Writes the data set and the function. A call is written down before anything else is done. */
export function writeMapFiles(folder: string, items: number): MapFiles {
  const callsFile = join(folder, "calls.jsonl");
  const brokenFile = join(folder, "broken");
  const functionFolder = join(folder, "functions", "item");
  mkdirSync(functionFolder, { recursive: true });
  writeFileSync(
    join(functionFolder, "index.mjs"),
    `import { appendFileSync, existsSync } from "node:fs";
export const handler = async ({ execution, redrive, retry, id }) => {
  const line = JSON.stringify({ execution, redrive, retry, id });
  appendFileSync(${JSON.stringify(callsFile)}, line + "\\n");
  if (id % ${brokenEvery} === 7 && existsSync(${JSON.stringify(brokenFile)})) {
    throw Object.assign(new Error("as it should"), { name: ${JSON.stringify(brokenError)} });
  }
  return { id };
};
`,
  );
  mkdirSync(join(folder, "s3", bucket), { recursive: true });
  const dataSetText = JSON.stringify(Array.from({ length: items }, (_, id) => ({ id })));
  writeFileSync(join(folder, "s3", bucket, dataSet), dataSetText);
  writeFileSync(callsFile, "");
  return { callsFile, brokenFile };
}
