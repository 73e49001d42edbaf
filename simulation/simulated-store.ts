import type { ClusterStore, NodeRecord } from "../src/ports/cluster-store.ts";
import { decodeEvents } from "../src/machine/journal/journal-codec.ts";
import { type CommitBatch, StoreFailure } from "../src/ports/store.ts";
import type { Noise } from "./plan.ts";
import type { Process } from "./process.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Trace } from "./trace.ts";
import type { Truth } from "./truth.ts";
import { Violation } from "./violation.ts";

export interface SimulatedStoreOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly trace: Trace;
  readonly truth: Truth;
  /** Runs a check of what must be, and notes what is not. */
  readonly check: (look: () => void) => void;
  readonly store: ClusterStore;
  /** Whether nothing of this process reaches the database at present. */
  readonly isCut: (process: Process) => boolean;
  readonly noise: () => Noise;
}

type Method = (...given: unknown[]) => Promise<unknown>;
type Fate = "done" | "fails before" | "answer lost";

/** How long a client of the database waits for an answer before it gives a connection up. */
const givesUpMs = 3_000;

/** Of the task tokens of all nodes. */
const secret = Buffer.alloc(32, 7).toString("base64");

/** What changes something, which a trace shows. */
const told = new Set(["putMapRun", "resolve", "postCall", "answerCall"]);

/**
 * The database as a node sees it over a network: it answers after a while, sometimes a long one, sometimes not at all. What
 * is read is never old: each question is answered at one moment between the asking and the answer.
 */
export class SimulatedStore {
  readonly #options: SimulatedStoreOptions;
  readonly #database: Process;

  constructor(options: SimulatedStoreOptions, database: Process) {
    this.#options = options;
    this.#database = database;
  }

  /** The store as this process has it. */
  as(process: Process): ClusterStore {
    const { store } = this.#options;
    const asked = Object.keys(store).map((name) => [
      name,
      (...given: unknown[]) => this.#ask(process, name, given),
    ]);
    return {
      ...(Object.fromEntries(asked) as ClusterStore),
      partitions: store.partitions,
      close: async () => {},
      // Nothing that a node does depends on it going wrong.
      secret: async () => secret,
    };
  }

  #ask(process: Process, name: string, given: unknown[]): Promise<unknown> {
    const { scheduler, random, isCut, check } = this.#options;
    return new Promise((resolve, reject) => {
      process.issue(
        () => {
          const fate = this.#fate(name);
          const unavailable = (): void => {
            if (name === "commit" && fate !== "fails before") resolve("unknown");
            else reject(new StoreFailure("unavailable", "the connection to the database is lost"));
          };
          if (isCut(process)) {
            // Nobody knows whether it has arrived; this one has not.
            scheduler.after(process, givesUpMs * random.between(0.3, 1), unavailable);
            return;
          }
          if (fate === "fails before") {
            scheduler.after(process, this.#delayMs(), unavailable);
            return;
          }
          if (fate === "answer lost" && random.chance(0.5)) {
            // It may arrive after the asker has given up.
            scheduler.after(process, random.between(1, 50), unavailable);
          }
          scheduler.after(this.#database, this.#delayMs(), () => {
            this.#perform(process, name, given).then(
              (answer) => {
                scheduler.after(process, this.#delayMs(), () => {
                  if (fate === "answer lost" || isCut(process)) unavailable();
                  else resolve(answer);
                });
              },
              (thrown: unknown) => {
                if (name === "commit" && !(thrown instanceof StoreFailure)) {
                  check(() => {
                    throw new Violation("commits contradict nothing", String(thrown));
                  });
                }
                scheduler.after(process, this.#delayMs(), () => reject(thrown as Error));
              },
            );
          });
        },
        whatIsAsked(name, given),
      );
    });
  }

  async #perform(process: Process, name: string, given: unknown[]): Promise<unknown> {
    const { store, truth, trace, check } = this.#options;
    const answer = await (store[name as keyof ClusterStore] as Method).apply(store, given);
    switch (name) {
      case "commit": {
        const batch = given[0] as CommitBatch;
        const { partition, epoch, sequence, writes } = batch;
        trace.note(
          process.name,
          `commit ${partition} ${epoch} ${sequence} ${String(answer)} ${writes.map(({ chunk }) => chunk?.lastEventId ?? "-").join(" ")}`,
        );
        trace.tell(process.name, () => describedWrites(batch));
        if (answer === "committed") check(() => truth.committed(batch));
        return answer;
      }
      case "claim":
        if (answer === undefined) break;
        check(() => truth.claimed(given[0] as number, given[1] as string, answer as number));
        break;
      case "release":
        truth.released(given[0] as number, given[1] as number);
        break;
      case "heartbeat":
        truth.heartbeat(given[0] as NodeRecord, given[1] as number);
        return answer;
      case "leaveCluster":
        truth.left(given[0] as string);
        break;
      default:
        if (!told.has(name)) return answer;
    }
    trace.note(process.name, `${name} ${typeof given[0] === "number" ? given[0] : ""}`);
    trace.tell(process.name, () => JSON.stringify(given));
    return answer;
  }

  #fate(name: string): Fate {
    const { random, noise } = this.#options;
    const { commits, store } = noise();
    const probability = name === "commit" ? commits : store;
    if (probability === 0 || !random.chance(probability)) return "done";
    return random.chance(0.4) ? "fails before" : "answer lost";
  }

  #delayMs(): number {
    const { random, noise } = this.#options;
    const { store } = noise();
    const chance = random.next();
    if (store > 0 && chance < 0.002) return random.between(300, 4_000);
    return chance < 0.03 ? random.between(5, 60) : random.between(0.1, 1.5);
  }
}

/** As a process tells of it, before it asks. */
function whatIsAsked(name: string, given: readonly unknown[]): string {
  if (name !== "commit") return name;
  return (given[0] as CommitBatch).messagesDelivered.length > 0 ? "delivery" : name;
}

/** What a commit changes, for who reads a trace. */
function describedWrites({ writes, messagesSent, messagesDelivered }: CommitBatch): string {
  const moved = writes.map(({ executionArn, chunk }) => {
    const events = chunk === undefined ? [] : decodeEvents(chunk.data);
    const told = events.map(({ type, id }) => `${type} ${id}`).join(", ");
    return `${executionArn.split(":").slice(-2).join(":")} (${told})`;
  });
  const sent = messagesSent.map(({ id }) => `sent ${id}`);
  const heard = messagesDelivered.map((id) => `heard ${id}`);
  return [...moved, ...sent, ...heard].join("; ");
}
