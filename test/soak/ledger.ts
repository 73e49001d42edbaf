import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "./api.ts";
import { arnPrefix, kinds } from "./machines.ts";
import type { Random } from "./random.ts";

/** One start that the ledger sent. */
export interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly executionArn: string;
  readonly input: string;
  /** How often it was sent. */
  sent: number;
  /** Whether the server has said that it is started. */
  answered: boolean;
  /** What the answers said, in epoch seconds. */
  startDate?: number;
}

/** Starts executions, and knows what the server has promised. */
export interface Ledger {
  readonly entries: readonly Entry[];
  /** What the server answered and must never answer. */
  readonly violations: string[];
  readonly answered: number;
  /** Starts `count` more, `clients` at a time; sends each again until it is answered. Stops early on `cancel`. */
  start(count: number, clients: number, stopped: () => boolean): Promise<void>;
}

/** Share of the starts that are sent again though they were answered: a client whose answer was lost does that. */
const repeatedShare = 0.05;

export function createLedger(api: Api, random: Random): Ledger {
  const entries: Entry[] = [];
  const violations: string[] = [];
  const unfinished: Entry[] = [];
  let answered = 0;
  const names = Object.entries(kinds).flatMap(([name, { weight }]) =>
    Array<string>(weight).fill(name),
  );

  function newEntry(): Entry {
    const kind = random.pick(names);
    const name = `run-${entries.length}`;
    const wait = random.pick([0, 0, 0, 1, 1, 3, 6]);
    const items = Array.from({ length: random.between(1, 6) }, (_, index) => index);
    const entry: Entry = {
      kind,
      name,
      executionArn: `${arnPrefix}:execution:${kind}:${name}`,
      input: JSON.stringify({ wait, items }),
      sent: 0,
      answered: false,
    };
    entries.push(entry);
    return entry;
  }

  async function send(entry: Entry): Promise<boolean> {
    const { kind, name, input } = entry;
    const stateMachineArn = `${arnPrefix}:stateMachine:${kind}`;
    entry.sent++;
    const answer = await api.call("StartExecution", { stateMachineArn, name, input });
    switch (answer.type) {
      case "lost":
        return false;
      case "ok":
        accept(entry, answer.body);
        return true;
      case "error":
        // Documented: the name is taken once the execution is closed.
        if (answer.code === "ExecutionAlreadyExists" && entry.sent > 1) {
          if (!entry.answered) answered++;
          entry.answered = true;
          return true;
        }
        violations.push(`${name}: StartExecution answered ${answer.code}: ${answer.message}`);
        return true;
    }
  }

  function accept(entry: Entry, body: Readonly<Record<string, unknown>>): void {
    const { executionArn, startDate } = body as { executionArn: string; startDate: number };
    if (executionArn !== entry.executionArn) {
      violations.push(`${entry.name}: started as ${executionArn}`);
    }
    if (entry.startDate !== undefined && entry.startDate !== startDate) {
      violations.push(`${entry.name}: started at ${entry.startDate} and again at ${startDate}`);
    }
    entry.startDate = startDate;
    if (!entry.answered) answered++;
    entry.answered = true;
  }

  return {
    entries,
    violations,
    get answered() {
      return answered;
    },
    async start(count, clients, stopped) {
      let left = count;
      const client = async (): Promise<void> => {
        while (!stopped()) {
          const entry = unfinished.pop() ?? (left-- > 0 ? newEntry() : undefined);
          if (entry === undefined) return;
          let known = await send(entry);
          if (known && random.next() < repeatedShare) known = await send(entry);
          if (known) continue;
          unfinished.push(entry);
          await sleep(5);
        }
      };
      await Promise.all(Array.from({ length: clients }, client));
    },
  };
}
