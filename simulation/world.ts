import { isDeepStrictEqual } from "node:util";
import { createTaskTokens, type TaskAddress } from "../src/runtime/tasks/task-token.ts";
import type { ClusterStore } from "../src/ports/cluster-store.ts";
import type { Logger } from "../src/ports/logger.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import { Clients, executionArnOf } from "./clients.ts";
import { activityArns, machineArnOf } from "./definitions.ts";
import { Ledger } from "./ledger.ts";
import type { Fault, Moment, Noise, Plan } from "./plan.ts";
import type { PlantedBug } from "./planted-bugs.ts";
import { Process } from "./process.ts";
import { referenceOf } from "./reference.ts";
import { Random } from "./random.ts";
import { type Happening, Scheduler } from "./scheduler.ts";
import { sharedDefinitions } from "./shared-definitions.ts";
import { simulatedHandlers } from "./simulated-functions.ts";
import { SimulatedNetwork } from "./simulated-network.ts";
import { SimulatedNode } from "./simulated-node.ts";
import { SimulatedStore } from "./simulated-store.ts";
import { Trace } from "./trace.ts";
import { Truth } from "./truth.ts";
import { Violation } from "./violation.ts";
import { installVirtualGlobals, worldBegan } from "./virtual-globals.ts";

/** What became of a schedule. */
export interface Outcome {
  readonly plan: Plan;
  readonly violation: Violation | undefined;
  /** The same for the same plan. */
  readonly hash: string;
  readonly steps: number;
  readonly executions: number;
  readonly calls: number;
  /** What happened, if it was to be kept. */
  readonly lines: readonly string[];
}

export interface RunOptions {
  /** Whether what happens is kept as text. */
  readonly isTold?: boolean;
  /** A mistake that is made on purpose. */
  readonly bug?: PlantedBug | undefined;
}

const silent: Noise = { commits: 0, store: 0, network: 0 };

/** How long everything may take to end once nothing goes wrong any more. */
const endsWithinMs = 240_000;
/** And how long it goes on after all has ended, in which nothing may begin again. */
const afterwardsMs = 3_000;
/** How long it is calm at least: hints that were lost are found in that time. */
const leastCalmMs = 5_000;
const mostSteps = 400_000;

/** Runs one schedule from its first to its last step. One at a time: it has the machine's clock for itself. */
export async function runPlan(plan: Plan, options: RunOptions = {}): Promise<Outcome> {
  const takeOut = options.bug?.plant?.();
  try {
    return await new World(plan, options).run();
  } finally {
    takeOut?.();
  }
}

/** A cluster, its database, its network and its users in one process and in one time. */
export class World {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly truth: Truth;
  readonly ledger: Ledger;
  readonly network: SimulatedNetwork;
  readonly clients: Clients;
  readonly store: ClusterStore;
  readonly outside = new Process("outside");
  readonly nodes: (SimulatedNode | undefined)[] = [];
  readonly #random: Random;
  readonly #stores: SimulatedStore;
  readonly #faults = new Process("faults");
  readonly #incarnations: number[] = [];
  readonly #byId = new Map<string, SimulatedNode>();
  readonly #cutNodes = new Set<string>();
  readonly #cutFromStore = new Set<string>();
  readonly #skews: number[] = [];
  readonly #deliveryCrashes: { times: number; isAfter: boolean; restartMs: number }[] = [];
  /** Those who are not there yet, by their places. */
  readonly #starts = new Map<number, Happening>();
  readonly #tokens = createTaskTokens(Buffer.alloc(32, 7).toString("base64"));
  readonly #compile = sharedDefinitions();
  readonly #bug: PlantedBug | undefined;
  #violation: Violation | undefined;
  #isCalm = false;
  #endedAt: number | undefined;

  constructor(plan: Plan, { isTold = false, bug }: RunOptions) {
    this.plan = plan;
    const random = new Random(plan.seed ^ 0x5bd1e995);
    this.#random = random.fork();
    this.scheduler = new Scheduler(random.fork());
    this.trace = new Trace(() => this.scheduler.now, isTold);
    const now = (): number => worldBegan + Math.floor(this.scheduler.now);
    const store = createMemoryStore({ partitions: plan.partitions, now });
    this.#bug = bug;
    this.store = bug?.database?.(store) ?? store;
    const { commits, store: storeNoise, network } = plan.noise;
    const isSteady = plan.faults.length === 0 && commits + storeNoise + network === 0;
    const areClocksRight = plan.faults.every(({ type }) => type !== "skew");
    this.truth = new Truth(this.store, now, { isSteady, areClocksRight });
    this.ledger = new Ledger(this.truth, isSteady);
    const noise = (): Noise => (this.#isCalm ? silent : plan.noise);
    const { scheduler, trace, truth } = this;
    const check = (look: () => void): void => this.check(look);
    this.network = new SimulatedNetwork({
      scheduler,
      random: random.fork(),
      noise,
      isCut: (from, to) => this.#cutNodes.has(cutOf(from.name, to.name)),
    });
    this.#stores = new SimulatedStore(
      {
        scheduler,
        random: random.fork(),
        trace,
        truth,
        store: this.store,
        check,
        noise,
        isCut: ({ name }) => this.#cutFromStore.has(name),
      },
      new Process("database"),
    );
    this.clients = new Clients(this, random.fork());
  }

  get isOver(): boolean {
    return this.#endedAt !== undefined;
  }

  /** Looks whether something is as it must be; the first thing that is not ends the schedule. */
  check(look: () => void): void {
    try {
      look();
    } catch (thrown) {
      if (!(thrown instanceof Violation)) throw thrown;
      this.trace.note("VIOLATION", thrown.message);
      this.#violation ??= thrown;
    }
  }

  violation(invariant: string, message: string): Violation {
    return new Violation(invariant, message);
  }

  storeOf({ process }: SimulatedNode): ClusterStore {
    const store = this.#stores.as(process);
    return this.#bug?.client?.(store) ?? store;
  }

  addressOf(token: string): TaskAddress | undefined {
    return this.#tokens.open(token);
  }

  async run(): Promise<Outcome> {
    const { plan, scheduler } = this;
    const random = this.#random.fork();
    const uninstall = installVirtualGlobals(scheduler, () => random.next());
    const unhandled = (thrown: unknown): void => {
      const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      this.check(() => {
        throw this.violation("nothing is unhandled", `${scheduler.current.name}: ${message}`);
      });
    };
    process.on("unhandledRejection", unhandled);
    try {
      await this.#prepare();
      for (let slot = 0; slot < plan.nodes; slot++) {
        this.#skews[slot] = 0;
        this.#startNode(slot, slot * 50);
      }
      for (const fault of plan.faults) {
        scheduler.at(this.#faults, fault.at, () => this.#begin(fault));
      }
      scheduler.at(this.#faults, plan.calmFrom, () => this.#calmDown());
      this.clients.begin(plan.actions);
      this.clients.probe(plan.calmFrom + leastCalmMs);
      scheduler.at(this.#faults, plan.calmFrom + 500, () => this.#look());
      await scheduler.run(
        () => this.#violation !== undefined || scheduler.steps > mostSteps || this.#isDone(),
      );
      if (this.#violation === undefined && !this.#isDone()) {
        this.check(() => {
          throw this.violation("everything ends", "it goes on and on");
        });
      }
      if (this.#violation === undefined) await this.#settle();
    } finally {
      uninstall();
      process.off("unhandledRejection", unhandled);
    }
    return {
      plan,
      violation: this.#violation,
      hash: this.trace.hash,
      steps: scheduler.steps,
      executions: this.truth.executions.size,
      calls: this.ledger.calls,
      lines: this.trace.lines ?? [],
    };
  }

  #isDone(): boolean {
    return this.#endedAt !== undefined && this.scheduler.now >= this.#endedAt + afterwardsMs;
  }

  async #prepare(): Promise<void> {
    const { store, plan } = this;
    for (const { name, definition } of plan.machines) {
      const stateMachineArn = machineArnOf(name);
      const about = { stateMachineArn, revisionId: "r1", createdAt: worldBegan };
      await store.putStateMachine(
        { ...about, name, type: "STANDARD", status: "ACTIVE", tags: {} },
        { ...about, initial: true, definition, roleArn: "arn:aws:iam::000000000000:role/R" },
      );
    }
    for (const activityArn of activityArns) {
      const name = activityArn.split(":").at(-1) as string;
      await store.putActivity({ activityArn, name, createdAt: worldBegan, tags: {} });
    }
  }

  #startNode(slot: number, afterMs: number): void {
    this.nodes[slot] = undefined;
    const incarnation = (this.#incarnations[slot] ?? 0) + 1;
    this.#incarnations[slot] = incarnation;
    const nodeId = `n${slot}-${incarnation}`;
    const process = new Process(nodeId);
    process.skewMs = this.#skews[slot] ?? 0;
    const random = this.#random.fork();
    const store = this.#stores.as(process);
    const node = new SimulatedNode({
      nodeId,
      process,
      hooks: this.#bug?.node ?? {},
      store: this.#bug?.client?.(store) ?? store,
      network: this.network,
      leaseMs: this.plan.leaseMs,
      ids: { uuid: () => uuidOf(random), seed: () => random.bits() },
      logger: this.#loggerOf(nodeId),
      compile: this.#compile,
      find: (id) => this.#byId.get(id),
      handlers: (each) => simulatedHandlers(this, each),
      failed: (reason) => {
        this.trace.note(nodeId, `failed: ${reason.message}`);
        this.#crash(slot, node, 500);
      },
    });
    process.beforeDelivery = () => this.#crashAtDelivery(slot, node);
    this.#byId.set(nodeId, node);
    const start = (): void => {
      this.#starts.delete(slot);
      this.nodes[slot] = node;
      this.trace.note(nodeId, "starts");
      node.start().catch((thrown: unknown) => {
        this.trace.note(nodeId, `cannot start: ${String(thrown)}`);
        this.#crash(slot, node, 500);
      });
    };
    // Who had begun to leave may be gone only after it has become calm.
    const inMs = this.#isCalm ? Math.min(afterMs, 500) : afterMs;
    this.#starts.set(slot, this.scheduler.after(process, inMs, start));
  }

  #crash(slot: number, node: SimulatedNode, restartMs: number): void {
    if (node.process.isDead) return;
    this.trace.note(node.nodeId, "crashes");
    node.process.kill();
    this.#startNode(slot, restartMs);
  }

  #begin(fault: Fault): void {
    const { scheduler, trace } = this;
    const node = this.nodes[fault.node];
    if (this.#isCalm || node === undefined || node.process.isDead) return;
    const { process } = node;
    trace.note(node.nodeId, JSON.stringify(fault));
    switch (fault.type) {
      case "crash":
        this.#when(process, fault.moment, () => this.#crash(fault.node, node, fault.restartMs));
        break;
      case "pause":
        this.#when(process, fault.moment, () => {
          process.pause();
          trace.note(node.nodeId, "pauses");
          scheduler.after(this.#faults, fault.forMs, () => this.#resume(process));
        });
        break;
      case "skew":
        this.#skews[fault.node] = fault.byMs;
        process.skewMs = fault.byMs;
        break;
      case "cut nodes": {
        const other = this.nodes[fault.other];
        if (other === undefined) return;
        const cut = cutOf(process.name, other.nodeId);
        this.#cutNodes.add(cut);
        scheduler.after(this.#faults, fault.forMs, () => this.#cutNodes.delete(cut));
        break;
      }
      case "cut store":
        this.#cutFromStore.add(process.name);
        scheduler.after(this.#faults, fault.forMs, () => this.#cutFromStore.delete(process.name));
        break;
      case "crash deliveries":
        this.#deliveryCrashes.push({ ...fault });
        break;
      case "leave":
        if (node.engine === undefined) return;
        scheduler.after(process, 0, () => {
          node.leave(fault.attemptsMs).then(
            () => this.#crash(fault.node, node, fault.restartMs),
            (thrown: unknown) => {
              trace.note(node.nodeId, `cannot leave in order: ${String(thrown)}`);
              this.#crash(fault.node, node, fault.restartMs);
            },
          );
        });
    }
  }

  #crashAtDelivery(slot: number, node: SimulatedNode): void {
    const [next] = this.#deliveryCrashes;
    if (next === undefined || this.#isCalm) return;
    next.times -= 1;
    if (next.times === 0) this.#deliveryCrashes.shift();
    const crash = (): void => this.#crash(slot, node, next.restartMs);
    if (next.isAfter) this.scheduler.after(this.#faults, 0, crash);
    else crash();
  }

  #when(process: Process, { count, isCommit, isAfter }: Moment, happen: () => void): void {
    let left = count;
    process.beforeIssue = (what) => {
      if (isCommit && what !== "commit" && what !== "delivery") return;
      left -= 1;
      if (left > 0 || this.#isCalm) return;
      process.beforeIssue = undefined;
      if (isAfter) this.scheduler.after(this.#faults, 0, happen);
      else happen();
    };
  }

  #resume(process: Process): void {
    if (process.isDead || !process.isPaused) return;
    this.trace.note(process.name, "goes on");
    this.scheduler.resume(process);
  }

  /** Nothing goes wrong from here on, and who was away is back. */
  #calmDown(): void {
    this.#isCalm = true;
    this.trace.note("world", "is calm");
    this.#cutNodes.clear();
    this.#cutFromStore.clear();
    this.#skews.fill(0);
    for (const node of this.nodes) {
      if (node === undefined) continue;
      node.process.skewMs = 0;
      node.process.beforeIssue = undefined;
      this.#resume(node.process);
    }
    for (const start of this.#starts.values()) {
      start.isCancelled = true;
      this.scheduler.after(start.process, 100, start.run);
    }
  }

  /** Looks every now and then whether everything has ended. */
  #look(): void {
    const { scheduler, plan, truth } = this;
    const open = [...truth.executions].filter(([, { snapshot }]) => snapshot.status === "RUNNING");
    const isQuiet = scheduler.now > plan.calmFrom + leastCalmMs && this.clients.isIdle;
    if (open.length === 0 && isQuiet) {
      this.#endedAt = scheduler.now;
      return;
    }
    if (scheduler.now > plan.calmFrom + endsWithinMs) {
      this.check(() => {
        for (const [arn, { snapshot }] of open) {
          this.trace.note("open", `${arn} ${JSON.stringify([...snapshot.branches.values()])}`);
        }
        throw this.violation("everything ends", open.map(([arn]) => arn).join(", "));
      });
      return;
    }
    scheduler.after(this.#faults, 1_000, () => this.#look());
  }

  /** What must be true at the end. */
  async #settle(): Promise<void> {
    const { store, truth, ledger, plan } = this;
    const fail = (invariant: string, message: string): void => {
      this.check(() => {
        throw this.violation(invariant, message);
      });
    };
    for (const arn of ledger.accepted.keys()) {
      if (!truth.executions.has(arn)) fail("nothing is lost", `${arn} is not stored`);
    }
    for (let partition = 0; partition < plan.partitions; partition++) {
      const messages = await store.messages(partition, 10);
      if (messages.length > 0) {
        fail("messages are delivered", messages.map(({ id }) => id).join(", "));
      }
      const runs = await store.runningMapRuns(partition);
      if (runs.length > 0) fail("Map Runs end", runs.map(({ mapRunArn }) => mapRunArn).join(", "));
    }
    for (const executionArn of truth.executions.keys()) {
      for (const run of (await store.mapRuns(executionArn, { limit: 100 })).items) {
        const { itemCounts: counts, mapRunArn } = run;
        const ended = counts.succeeded + counts.failed + counts.timedOut + counts.aborted;
        if (run.status === "SUCCEEDED" && ended !== counts.total) {
          fail("Map Runs count their children", `${mapRunArn} ${JSON.stringify(counts)}`);
        }
      }
    }
    for (const activityArn of activityArns) {
      const tasks = await store.activityTasks(activityArn, 10);
      if (tasks.length > 0)
        fail("activity tasks go", tasks.map((task) => JSON.stringify(task)).join());
    }
    this.#checkResults(fail);
    try {
      await truth.settled();
    } catch (thrown) {
      this.check(() => {
        throw thrown;
      });
    }
  }

  /** What can not fail has ended as it would have without anything going wrong. */
  #checkResults(fail: (invariant: string, message: string) => void): void {
    const { actions, machines } = this.plan;
    const stopped = new Set(
      actions.flatMap((action) => (action.type === "stop" ? [executionArnOf(action)] : [])),
    );
    for (const machine of machines) {
      const reference = referenceOf(machine);
      if (reference === undefined) continue;
      for (const [arn, { record, snapshot }] of this.truth.executions) {
        if (record.stateMachineArn !== machineArnOf(machine.name) || stopped.has(arn)) continue;
        // The children of a Map Run run a part of it.
        if (record.mapRun !== undefined) continue;
        const { status, input, output } = snapshot;
        const expected = reference(input.text);
        if (status === "SUCCEEDED" && isDeepStrictEqual(output?.value, expected)) continue;
        fail(
          "faults change no result",
          `${arn} ${status}: ${output?.text ?? ""}, not ${JSON.stringify(expected)}`,
        );
      }
    }
  }

  #loggerOf(nodeId: string): Logger {
    const note = (message: string, fields?: object): void => {
      this.trace.tell(nodeId, () => `${message} ${JSON.stringify(fields ?? {})}`);
    };
    return {
      debug: () => {},
      info: () => {},
      warn: note,
      error: (message, fields) => {
        note(message, fields);
        this.check(() => {
          throw this.violation("no mistakes", `${message} ${JSON.stringify(fields ?? {})}`);
        });
      },
    };
  }
}

function cutOf(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

function uuidOf(random: Random): string {
  const digits = (): string => random.bits().toString(16).padStart(8, "0");
  const [two, three] = [digits(), digits()];
  return `${digits()}-${two.slice(0, 4)}-4${two.slice(5)}-8${three.slice(1, 4)}-${three.slice(4)}${digits()}`;
}
