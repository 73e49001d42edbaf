import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiRequest } from "../load/aws-json.ts";
import { HttpConnection } from "../load/http-connection.ts";
import { roleArn } from "./definitions.ts";
import { writeFunctions } from "./functions.ts";
import type { ServeOptions } from "./serve-options.ts";

/** A server in a process of its own, on a data directory. */
export interface StepwellProcess {
  readonly port: number;
  /** From the start of the process until it served. */
  readonly startedInMs: number;
  readonly tokensFile: string;
  /** Calls the API; throws what is not a success. */
  call(operation: string, input: object, waitSeconds?: number): Promise<Record<string, unknown>>;
  /** Creates a state machine and answers its ARN. */
  create(name: string, definition: object, type?: "STANDARD" | "EXPRESS"): Promise<string>;
  /** Puts an object where the server's S3 is. */
  putObject(bucket: string, key: string, text: string): void;
  /** Resident memory and heap after a collection, and the most resident memory there was, in MB. */
  memory(): Promise<{ readonly rssMB: number; readonly heapMB: number; readonly peakMB: number }>;
  /** The partitions that it has, and whether these are its share. */
  share(): Promise<Share>;
  stop(): Promise<void>;
  /** Ends it at once, with nothing said to anybody. */
  kill(): Promise<void>;
}

export interface Share {
  readonly partitions: readonly number[];
  readonly isReady: boolean;
}

export interface StepwellProcessOptions {
  /** Where the data is; absent: a new folder that goes with the server. */
  readonly folder?: string;
  /** Further options of Node, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
  /** With the console beside the API. */
  readonly console?: boolean;
  /** Counts what executions come to. */
  readonly telemetry?: boolean;
  /** The PostgreSQL of the cluster that it is a node of. */
  readonly clusterUrl?: string;
}

export async function startStepwellProcess(
  options: StepwellProcessOptions = {},
): Promise<StepwellProcess> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "stepwell-bench-"));
  const { functionsFolder, tokensFile } = writeFunctions(folder);
  const objectFolder = join(folder, "s3");
  const serveOptions: ServeOptions = {
    dataDir: join(folder, "data"),
    functionsFolder,
    objectFolder,
    hasConsole: options.console === true,
    hasTelemetry: options.telemetry === true,
    ...(options.clusterUrl !== undefined && { clusterUrl: options.clusterUrl }),
  };
  const began = performance.now();
  const child = fork(join(import.meta.dirname, "serve.ts"), [JSON.stringify(serveOptions)], {
    execArgv: ["--expose-gc", ...(options.nodeOptions ?? [])],
  });
  const { port } = await answerOf<{ port: number }>(child, "port");
  const connection = await HttpConnection.open(port);

  const call: StepwellProcess["call"] = async (operation, input, waitSeconds) => {
    const request = apiRequest(operation, input, waitSeconds);
    const { status, body } = await connection.post(request.path, request.headers, request.body);
    if (status !== 200) throw new Error(`${operation} answered ${status}: ${body}`);
    return JSON.parse(body) as Record<string, unknown>;
  };
  await call("ListStateMachines", {});
  const startedInMs = performance.now() - began;

  return {
    port,
    startedInMs,
    tokensFile,
    call,
    async create(name, definition, type = "STANDARD") {
      const created = await call("CreateStateMachine", {
        name,
        type,
        roleArn,
        definition: JSON.stringify(definition),
      });
      return created["stateMachineArn"] as string;
    },
    putObject(bucket, key, text) {
      mkdirSync(join(objectFolder, bucket), { recursive: true });
      writeFileSync(join(objectFolder, bucket, key), text);
    },
    async memory() {
      child.send("memory");
      const { memory, peakMB } = await answerOf<MemoryAnswer>(child, "memory");
      return { rssMB: memory.rss / 2 ** 20, heapMB: memory.heapUsed / 2 ** 20, peakMB };
    },
    async share() {
      child.send("share");
      return (await answerOf<{ share: Share }>(child, "share")).share;
    },
    stop: () => end(() => child.send("stop")),
    kill: () => end(() => child.kill("SIGKILL")),
  };

  async function end(act: () => void): Promise<void> {
    connection.close();
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    act();
    await ended;
    if (options.folder === undefined) rmSync(folder, { recursive: true });
  }
}

interface MemoryAnswer {
  readonly memory: NodeJS.MemoryUsage;
  readonly peakMB: number;
}

/** The next message of the process that has this member. */
async function answerOf<T>(child: ChildProcess, member: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const message = (value: object): void => {
      if (!Object.hasOwn(value, member)) return;
      child.off("message", message).off("exit", exit);
      resolve(value as T);
    };
    const exit = (code: number | null): void => {
      reject(new Error(`the server ended with status ${code}`));
    };
    child.on("message", message).on("exit", exit);
  });
}
