import { randomUUID } from "node:crypto";
import { SFNClient } from "@aws-sdk/client-sfn";
import { Payload } from "../../src/expression/payload.ts";
import { ConsoleService } from "../../src/console/console-service.ts";
import { LinkDesk } from "../../src/console/questions/link-desk.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { type ConsoleHttp, createConsoleHttp } from "../../src/server/console/console-http.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { TaskHandlers } from "../../src/runtime/tasks/dispatcher.ts";
import { startStepwell, type StepwellServer } from "../../src/server/start-stepwell.ts";
import type { Stepwell } from "../../src/server/stepwell-server.ts";
import type { CustomerKeyProviders } from "../../src/store/customer-keys/customer-key-ring.ts";
import { openCustomerKeys } from "../../src/store/customer-keys/open-customer-keys.ts";
import type { PostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openStore } from "../../src/store/open-store.ts";
import { sharedPostgres } from "../contracts/shared-postgres.ts";

export const region = "us-east-1";
export const accountId = "000000000000";
export const roleArn = `arn:aws:iam::${accountId}:role/test`;
export const functionArn = `arn:aws:lambda:${region}:${accountId}:function:f`;

/** Short, so that a test of a node that is gone does not wait for long. */
const leaseMs = 2_000;
const partitions = 16;

export interface TestNode {
  readonly client: SFNClient;
  readonly server: StepwellServer;
  /** Hands over what it has, and ends. */
  stop(): Promise<void>;
}

export interface TestCluster {
  readonly nodes: readonly TestNode[];
  /** Errors that nodes logged, and failures that would have ended them. */
  readonly mistakes: readonly string[];
  add(): Promise<TestNode>;
  /** Another node's client with each call. */
  any(): SFNClient;
  stop(): Promise<void>;
}

/** A task that echoes its input, fails where it says `fail`, and takes as long as `ms` says. */
export const echo: TaskHandlers = {
  find: () => ({
    handles: () => true,
    async run({ parameters }) {
      const { fail, ms } = (parameters.value ?? {}) as { fail?: boolean; ms?: number };
      if (ms !== undefined) await new Promise((resolve) => setTimeout(resolve, ms));
      if (fail === true) return { type: "failed", error: "Broken" };
      return { type: "succeeded", output: Payload.ofText(parameters.text) };
    },
  }),
};

/** Nodes of one cluster in this process, over a database of their own; or why there cannot be one here. */
export async function startCluster(
  count: number,
  options: {
    readonly around?: () => TaskHandlers;
    readonly url?: string;
    /** The folder of the console's files; absent: the nodes have no console. */
    readonly consoleFolder?: string;
    /** Where the keys of customers are; absent: there are none. */
    readonly keys?: CustomerKeyProviders;
  } = {},
): Promise<TestCluster | string> {
  const postgres = options.url === undefined ? await sharedPostgres() : { url: options.url };
  if (typeof postgres === "string") return postgres;
  const { url } = postgres;
  const schema = `s_${randomUUID().replaceAll("-", "")}`;
  const nodes: TestNode[] = [];
  const mistakes: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, fields) => mistakes.push(`${message} ${JSON.stringify(fields)}`),
  };

  async function add(): Promise<TestNode> {
    const inner = await openStore({ kind: "postgres", url, schema, partitions, maxConnections: 5 });
    const { store, ...keys } =
      options.keys === undefined
        ? { store: inner }
        : openCustomerKeys({
            store: inner,
            providerOf: options.keys,
            clock: systemClock,
            logger,
          });
    const server = await startStepwell({
      store,
      ...keys,
      logger,
      region,
      accountId,
      host: "127.0.0.1",
      port: 0,
      ...(options.around && { around: options.around }),
      ...(options.consoleFolder !== undefined && {
        console: consoleOf(options.consoleFolder, store, logger),
      }),
      cloudWatch: { to: async () => undefined, close() {} },
      join: {
        store,
        nodeId: `node-${nodes.length + 1}`,
        version: "1.0.0",
        host: "127.0.0.1",
        port: 0,
        listen: "127.0.0.1",
        leaseMs,
      },
      onFailure: (reason) => mistakes.push(String(reason)),
    });
    const client = new SFNClient({
      endpoint: `http://127.0.0.1:${server.port}`,
      region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      disableHostPrefix: true,
      maxAttempts: 1,
    });
    let stopping: Promise<void> | undefined;
    const node = {
      client,
      server,
      stop: () =>
        (stopping ??= (async () => {
          await server.shutdown(2_000);
          client.destroy();
        })()),
    };
    nodes.push(node);
    return node;
  }

  for (let index = 0; index < count; index++) await add();
  let calls = 0;
  return {
    nodes,
    mistakes,
    add,
    any: () => nodes[calls++ % nodes.length]!.client,
    async stop() {
      for (const node of nodes) await node.stop();
    },
  };
}

/** The console of a node, as `stepwell start` makes it. */
function consoleOf(folder: string, store: PostgresStore, logger: Logger) {
  return ({ service, engine, figures, cluster }: Stepwell): ConsoleHttp => {
    const views = new ConsoleService({
      service,
      engine,
      store,
      clock: systemClock,
      version: "1.0.0",
      figures,
      ...(cluster && {
        feed: cluster.feed,
        looked: () => cluster.feed.look(),
        cluster: { status: () => cluster.status(), conditions: store.conditions },
      }),
      logger,
    });
    const links = new LinkDesk({
      questions: views.questions,
      engine,
      clock: systemClock,
      secret: store.secret(),
    });
    return createConsoleHttp({
      console: views,
      service,
      links,
      folder,
      basePath: "/console",
      logger,
    });
  };
}

/** Resolves when every node has the share that it should have. */
export async function balanced({ nodes }: TestCluster): Promise<void> {
  for (;;) {
    const owned = nodes.map(({ server }) => server.engine.ownership.partitions.length);
    const all = owned.reduce((total, each) => total + each, 0);
    if (all === partitions && nodes.every(({ server }) => server.cluster?.isReady() === true))
      return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
