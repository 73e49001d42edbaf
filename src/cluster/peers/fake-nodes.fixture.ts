import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { Payload } from "../../expression/payload.ts";
import type { ClusterStore, LiveNode, PostedCall } from "../../ports/cluster-store.ts";
import type { ExecutionRecord, JournalChunk } from "../../ports/store.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Delivered, Event } from "../../runtime/partition/event.ts";
import type { ExecutionStart, PartitionOwner } from "../../runtime/routing/partition-owner.ts";
import { systemClock } from "../../runtime/system-clock.ts";
import { systemIds } from "../../runtime/system-ids.ts";
import { AnsweredQuestions } from "./answered.ts";
import { Answerer } from "./answerer.ts";
import type { Holders } from "./holders.ts";
import { Mailbox } from "./mailbox.ts";
import { PeerClient } from "./peer-client.ts";
import { type PeerServer, startPeerServer } from "./peer-server.ts";
import { RemoteOwners } from "./remote-owner.ts";

export const secret = Buffer.alloc(32, 7).toString("base64");
export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export const machine = "arn:aws:states:us-east-1:000000000000:stateMachine:M";
export const executionArnOf = (name: string): string =>
  `${machine.replace(":stateMachine:", ":execution:")}:${name}`;

export function startOf(name: string, input = "{}", isNamed = false): ExecutionStart {
  const record: ExecutionRecord = {
    executionArn: executionArnOf(name),
    stateMachineArn: machine,
    revisionId: "r1",
    name,
    status: "RUNNING",
    startDate: 1_767_225_600_123,
  };
  return { record, input: Payload.ofText(input), isNamed };
}

/** What all nodes share: the part of a store that peers use, and what their owners have made durable. */
export class FakeStore implements Pick<
  ClusterStore,
  "postCall" | "postedCalls" | "answerCall" | "answerOf" | "execution" | "journal"
> {
  readonly executions = new Map<string, ExecutionRecord & { readonly input: string }>();
  /** The events that took effect, by execution. */
  readonly events = new Map<string, readonly { readonly type: string }[]>();
  readonly chunks = new Map<string, JournalChunk[]>();
  readonly calls = new Map<string, PostedCall>();
  readonly answers = new Map<string, string>();

  async postCall(call: PostedCall): Promise<void> {
    if (!this.calls.has(call.id)) this.calls.set(call.id, call);
  }

  async postedCalls(partitions: readonly number[], limit: number): Promise<readonly PostedCall[]> {
    return [...this.calls.values()]
      .filter(({ id, partition }) => partitions.includes(partition) && !this.answers.has(id))
      .slice(0, limit);
  }

  async answerCall({ id }: Pick<PostedCall, "id" | "partition">, answer: string): Promise<void> {
    if (!this.answers.has(id)) this.answers.set(id, answer);
  }

  async answerOf({ id }: Pick<PostedCall, "id" | "partition">): Promise<string | undefined> {
    return this.answers.get(id);
  }

  async execution(executionArn: string): Promise<ExecutionRecord | undefined> {
    return this.executions.get(executionArn);
  }

  async journal(executionArn: string): Promise<readonly JournalChunk[]> {
    return this.chunks.get(executionArn) ?? [];
  }
}

/** The owner of a partition as others see it: what it does is in the store, and counted. */
export class FakeOwner implements PartitionOwner {
  readonly done: string[] = [];
  readonly heard: string[] = [];
  readonly offered: number[] = [];
  readonly aborted: string[] = [];
  readonly #store: FakeStore;
  /** Waited for before anything is done, and after it. */
  before: () => Promise<void> = async () => {};
  after: () => Promise<void> = async () => {};
  /** What `take` and `waitUntilClosed` wait for. */
  wait: (signal: AbortSignal) => Promise<void> = untilAborted;

  constructor(store: FakeStore) {
    this.#store = store;
  }

  async start({ record, input, isNamed }: ExecutionStart) {
    await this.before();
    const { executionArn, startDate } = record;
    const stored = this.#store.executions.get(executionArn);
    if (stored !== undefined && !isNamed) throw new Error("a second row of one execution");
    if (stored !== undefined) return { type: "exists", executionArn } as const;
    this.#store.executions.set(executionArn, { ...record, input: input.text });
    this.done.push(`start ${record.name}`);
    await this.after();
    return { type: "started", executionArn, startDate } as const;
  }

  async deliver(executionArn: string, event: Event): Promise<Delivered | undefined> {
    await this.before();
    const stored = this.#store.executions.get(executionArn);
    if (stored === undefined) return undefined;
    const events = this.#store.events.get(executionArn) ?? [];
    const stale = events.some(({ type }) => type === event.type);
    if (!stale) this.#store.events.set(executionArn, [...events, event]);
    if (!stale && event.type === "Redriven") {
      this.#store.executions.set(executionArn, { ...stored, redriveDate: Date.now() });
    }
    this.done.push(`${event.type} ${stored.name}`);
    await this.after();
    const { startDate, redriveDate = startDate } =
      this.#store.executions.get(executionArn) ?? stored;
    return { stale, stoppedAt: 0, countedFrom: redriveDate };
  }

  hear(message: { readonly id: string }): void {
    this.heard.push(message.id);
  }

  async waitUntilClosed(executionArn: string, _timeoutMs: number, signal: AbortSignal) {
    await this.wait(signal);
    if (signal.aborted) this.aborted.push(executionArn);
  }

  readonly activities = {
    offer: ({ taskId }: { readonly taskId: number }): void => void this.offered.push(taskId),
    take: async (
      activityArn: string,
      _workerName: string | undefined,
      _timeoutMs: number,
      signal: AbortSignal,
    ) => {
      await this.wait(signal);
      if (!signal.aborted) return { taskToken: "t", input: Payload.ofText("1.0") };
      this.aborted.push(activityArn);
      return undefined;
    },
  };

  readonly mapRuns = {
    describe: async () => undefined,
    update: async () => true,
    pendingRedrives: async () => new Set(["a", "b"]),
  };
}

export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
}

export interface FakeNode {
  readonly nodeId: string;
  readonly here: Map<number, FakeOwner>;
  readonly holders: Holders;
  readonly answerer: Answerer;
  readonly remote: RemoteOwners;
  readonly client: PeerClient;
  readonly server: PeerServer;
  readonly wire: Wire;
  /** Requests with hints that it was sent. */
  hintRequests: number;
  /** Questions that it was sent over the network. */
  questions: number;
  close(): Promise<void>;
}

/** Nodes in one process that reach each other over HTTP, each by a wire that can be cut. */
export class FakeCluster {
  readonly store = new FakeStore();
  readonly nodes: FakeNode[] = [];
  readonly #heldBy = new Map<number, string>();
  readonly #live = new Map<string, LiveNode>();
  readonly #waiting = new Set<() => void>();

  /** The partition belongs to the node from now on, and is served there; `view`: the others know. */
  give(partition: number, node: FakeNode, { view = true } = {}): FakeOwner {
    for (const each of this.nodes) each.here.delete(partition);
    const owner = new FakeOwner(this.store);
    node.here.set(partition, owner);
    if (view) this.see(partition, node);
    return owner;
  }

  /** What all see: the node has the partition, or nobody has. */
  see(partition: number, node: FakeNode | undefined): void {
    if (node === undefined) this.#heldBy.delete(partition);
    else this.#heldBy.set(partition, node.nodeId);
    for (const wake of this.#waiting) wake();
  }

  async add({ waitMs = 20_000 } = {}): Promise<FakeNode> {
    const nodeId = `node-${this.nodes.length + 1}`;
    const here = new Map<number, FakeOwner>();
    const holders: Holders = {
      self: nodeId,
      here: (partition) => here.get(partition),
      holderOf: (partition) => this.#live.get(this.#heldBy.get(partition) ?? ""),
      changed: async (signal) => {
        if (signal.aborted) return;
        await new Promise<void>((resolve) => {
          const done = (): void => {
            this.#waiting.delete(done);
            signal.removeEventListener("abort", done);
            resolve();
          };
          this.#waiting.add(done);
          signal.addEventListener("abort", done);
        });
      },
    };
    const answerer = new Answerer(holders, new AnsweredQuestions());
    const client = new PeerClient({ secret });
    const options = { holders, client, answerer, clock: systemClock, ids: systemIds };
    const remote = new RemoteOwners({
      ...options,
      store: this.store,
      logger: silent,
      waitMs,
      unreachableAfterMs: 100,
    });
    const server = await startPeerServer({
      host: "127.0.0.1",
      port: 0,
      secret,
      logger: silent,
      serve: {
        nodeId,
        answerer: {
          answerText: (text, signal) => {
            node.questions++;
            return answerer.answerText(text, signal);
          },
          takeHints: (hints) => {
            node.hintRequests++;
            return answerer.takeHints(hints);
          },
        },
        changed: async () => {},
        handedOver: () => {},
        feed: { subscribe: () => () => {} },
      },
    });
    const mailbox = new Mailbox({
      store: this.store,
      partitions: () => [...here.keys()],
      answerer,
      // Looks ten times as often.
      clock: {
        ...systemClock,
        schedule(at, wake) {
          const now = systemClock.now();
          return systemClock.schedule(now + (at - now) / 10, wake);
        },
      },
      logger: silent,
    });
    mailbox.start();
    const wire = await Wire.to(server.port);
    const node: FakeNode = {
      nodeId,
      here,
      holders,
      answerer,
      remote,
      client,
      server,
      wire,
      hintRequests: 0,
      questions: 0,
      async close() {
        remote.close();
        client.close();
        await mailbox.close();
        await server.close(0);
        await wire.close();
      },
    };
    this.nodes.push(node);
    this.#live.set(nodeId, {
      nodeId,
      url: `http://127.0.0.1:${wire.port}`,
      version: "test",
      startedAt: 0,
      isLeaving: false,
      leaseUntil: Number.MAX_SAFE_INTEGER,
    });
    return node;
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.close()));
  }
}

/** A way of bytes to a port, which may be cut, or swallow everything. */
export class Wire {
  readonly port: number;
  readonly #server: ReturnType<typeof createServer>;
  readonly #sockets = new Set<Socket>();
  /** Connections are refused. */
  isCut = false;
  /** Connections are accepted, and nothing goes through. */
  isSilent = false;

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async to(port: number): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const wire = new Wire(server);
    server.on("connection", (near) => wire.#join(near, port));
    return wire;
  }

  /** Every connection breaks that there is. */
  break(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.break();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(near: Socket, port: number): void {
    if (this.isCut) {
      near.destroy();
      return;
    }
    const far = connect(port, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("data", (data) => void (this.isSilent || other.write(data)));
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
