import { isJsonArray, isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import {
  MapRunIoError,
  type ChildResult,
  type ChildStatus,
  type OpenResultWriter,
  type ResultWriter,
  type ResultWriterRequest,
} from "../../ports/map-run-io.ts";
import { ObjectStoreError, type ObjectStore } from "../../ports/object-store.ts";
import { asWriterFailure } from "./reader-failure.ts";
import { createResultFiles, type ResultFile, type ResultFiles } from "./result-files.ts";
import { resultTexts } from "./result-record.ts";
import { createStateOutput } from "./state-output.ts";

export interface ResultWriterLimits {
  /** Documented: 5 GB a file, the most that S3 takes at once. */
  readonly fileBytes: number;
  /** Documented: the largest result of a state. */
  readonly payloadBytes: number;
}

export const awsWriterLimits: ResultWriterLimits = {
  fileBytes: 5 * 1024 ** 3,
  payloadBytes: 262_144,
};

/** The files that a status goes to. *Documented*: what was aborted or timed out is with what failed. */
const fileStatus = {
  SUCCEEDED: "SUCCEEDED",
  FAILED: "FAILED",
  TIMED_OUT: "FAILED",
  ABORTED: "FAILED",
  PENDING: "PENDING",
} as const satisfies { readonly [S in ChildStatus]: string };

type FileStatus = (typeof fileStatus)[ChildStatus];

/** Writes the results of distributed Maps to a store of objects, or makes them the state's result. */
export function createResultWriter(
  store: ObjectStore,
  limits: ResultWriterLimits = awsWriterLimits,
): ResultWriter {
  return {
    async open(request) {
      if (request.resource === undefined) {
        return createStateOutput(request, limits.payloadBytes);
      }
      try {
        return await openFiles(store, request, limits);
      } catch (error) {
        throw asWriterFailure(error);
      }
    },
  };
}

async function openFiles(
  store: ObjectStore,
  request: ResultWriterRequest,
  limits: ResultWriterLimits,
): Promise<OpenResultWriter> {
  const bucket = argument(request, "Bucket") ?? "";
  if (bucket === "") throw failed("The ResultWriter needs the parameter Bucket, a string.");
  const { Transformation = "NONE", OutputType = "JSON" } = request.writerConfig ?? {};
  const folder = runFolder(request);
  const keyOf = (redrive: number) => `${generationFolder(folder, redrive)}manifest.json`;
  const { redriveCount, redriveDate } = request;
  const earlier =
    redriveCount === 0 || redriveDate === undefined
      ? undefined
      : await succeededFiles(store, bucket, keyOf(redriveCount - 1));
  const isWritten = ({ status, stopDate }: ChildResult) =>
    earlier !== undefined &&
    status === "SUCCEEDED" &&
    stopDate !== undefined &&
    stopDate < (redriveDate as number);

  const filesOf = (status: FileStatus): ResultFiles =>
    createResultFiles({
      store,
      bucket,
      folder: generationFolder(folder, redriveCount),
      status,
      outputType: OutputType === "JSONL" ? "JSONL" : "JSON",
      fileBytes: limits.fileBytes,
    });
  const files = {
    FAILED: filesOf("FAILED"),
    PENDING: filesOf("PENDING"),
    SUCCEEDED: filesOf("SUCCEEDED"),
  } satisfies { readonly [S in FileStatus]: ResultFiles };
  const all = Object.values(files);

  return {
    write: (result) =>
      guarded(async () => {
        if (isWritten(result)) return;
        const transformation = Transformation as "NONE" | "COMPACT" | "FLATTEN";
        await files[fileStatus[result.status]].write(resultTexts(result, transformation));
      }),
    finish: () =>
      guarded(async () => {
        const key = keyOf(redriveCount);
        const manifest = {
          DestinationBucket: bucket,
          MapRunArn: request.mapRunArn,
          ResultFiles: {
            FAILED: await files.FAILED.finish(),
            PENDING: await files.PENDING.finish(),
            SUCCEEDED: [...(earlier ?? []), ...(await files.SUCCEEDED.finish())],
          },
        };
        await store.put({ bucket, key }, Buffer.from(JSON.stringify(manifest)));
        return { type: "manifest", Bucket: bucket, Key: key } as const;
      }),
    abort: async () => {
      await Promise.all(all.map((file) => file.abort()));
    },
  };

  /** Runs it; if it fails, nothing is left open. */
  async function guarded<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      await Promise.all(all.map((file) => file.abort()));
      throw asWriterFailure(error);
    }
  }
}

/** `prefix/<uuid of the Map Run>/`. *Observed*: a prefix may end in a slash or not. */
function runFolder(request: ResultWriterRequest): string {
  const prefix = argument(request, "Prefix") ?? "";
  const slash = prefix === "" || prefix.endsWith("/") ? "" : "/";
  const id = request.mapRunArn.slice(request.mapRunArn.lastIndexOf(":") + 1);
  return `${prefix}${slash}${id}/`;
}

/** *Observed*: each redrive writes to a folder of its own and leaves what was written before. */
function generationFolder(folder: string, redrive: number): string {
  return redrive === 0 ? folder : `${folder}Redrive-${redrive}/`;
}

/** The succeeded results that an earlier manifest names; `undefined` if that run could not write one. */
async function succeededFiles(
  store: ObjectStore,
  bucket: string,
  key: string,
): Promise<readonly ResultFile[] | undefined> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of (await store.get({ bucket, key })).body) chunks.push(chunk);
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === "NoSuchKey") return undefined;
    throw error;
  }
  const manifest = JSON.parse(Buffer.concat(chunks).toString()) as JsonValue;
  const files = isJsonObject(manifest) ? ownMember(manifest, "ResultFiles") : undefined;
  const succeeded = isJsonObject(files) ? ownMember(files, "SUCCEEDED") : undefined;
  return isJsonArray(succeeded) ? (succeeded as unknown as readonly ResultFile[]) : [];
}

function argument(request: ResultWriterRequest, name: string): string | undefined {
  const args = request.arguments;
  const value = isJsonObject(args) ? ownMember(args, name) : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") {
    throw failed(`The ResultWriter's parameter ${name} is not a string.`);
  }
  return value;
}

function failed(cause: string): MapRunIoError {
  return new MapRunIoError("States.ResultWriterFailed", cause);
}
