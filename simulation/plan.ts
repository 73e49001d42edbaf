import { type GeneratedMachine, generateMachines } from "./definitions.ts";
import { Random } from "./random.ts";

/** What a client does. Executions are named, so that what is done to one can be said before it is there. */
export type Action =
  | {
      readonly type: "start";
      readonly at: number;
      readonly name: string;
      readonly machine: string;
      readonly input: object;
      /** On so many nodes at once. */
      readonly times: number;
      /** Waits for the end afterwards. */
      readonly waits: boolean;
    }
  | { readonly type: "stop"; readonly at: number; readonly name: string; readonly machine: string }
  | {
      readonly type: "redrive";
      readonly at: number;
      readonly name: string;
      readonly machine: string;
    }
  | {
      readonly type: "describe";
      readonly at: number;
      readonly name: string;
      readonly machine: string;
    }
  /** Lets the Map Run of an execution, if there is one by then, have so many children at a time. */
  | {
      readonly type: "update map run";
      readonly at: number;
      readonly name: string;
      readonly machine: string;
      readonly maxConcurrency: number;
    }
  | { readonly type: "list"; readonly at: number; readonly machine: string };

/** When a fault comes: with the n-th of the things that the node does next outside of itself. */
export interface Moment {
  readonly count: number;
  /** Only commits are counted. */
  readonly isCommit: boolean;
  /** Just after it was sent, else just before. */
  readonly isAfter: boolean;
}

/** What goes wrong, from `at` on. Nodes are named by their places. Times are milliseconds. */
export type Fault =
  | {
      readonly type: "crash";
      readonly at: number;
      readonly node: number;
      readonly moment: Moment;
      readonly restartMs: number;
    }
  | {
      readonly type: "pause";
      readonly at: number;
      readonly node: number;
      readonly moment: Moment;
      readonly forMs: number;
    }
  | { readonly type: "skew"; readonly at: number; readonly node: number; readonly byMs: number }
  | {
      readonly type: "cut nodes";
      readonly at: number;
      readonly node: number;
      readonly other: number;
      readonly forMs: number;
    }
  | {
      readonly type: "cut store";
      readonly at: number;
      readonly node: number;
      readonly forMs: number;
    }
  /** Whoever is about to write what a message has led to crashes: so many times, one after the other. */
  | {
      readonly type: "crash deliveries";
      readonly at: number;
      readonly node: number;
      readonly times: number;
      readonly isAfter: boolean;
      readonly restartMs: number;
    }
  /** A node ends in order and comes back. */
  | {
      readonly type: "leave";
      readonly at: number;
      readonly node: number;
      readonly attemptsMs: number;
      readonly restartMs: number;
    };

/** Probabilities of what goes wrong all the time. */
export interface Noise {
  /** Of each commit: it fails, or its answer is lost. */
  readonly commits: number;
  /** Of each other question to the store. */
  readonly store: number;
  /** Of each transmission between nodes, and between clients and nodes: lost, doubled or late. */
  readonly network: number;
}

/** One schedule, before it runs: everything but what the seed decides on the way. */
export interface Plan {
  readonly seed: number;
  readonly nodes: number;
  readonly partitions: number;
  readonly leaseMs: number;
  readonly machines: readonly GeneratedMachine[];
  readonly actions: readonly Action[];
  readonly faults: readonly Fault[];
  readonly noise: Noise;
  /** From then on nothing goes wrong any more. */
  readonly calmFrom: number;
}

/** In which faults begin. Longer than the longest lease; what is idle in between only costs time. */
const lengthMs = 12_000;

/** The schedule of a seed. */
export function planOf(seed: number): Plan {
  const random = new Random(seed);
  const nodes = random.whole(2, 3);
  const leaseMs = random.pick([3_000, 5_000, 10_000]);
  const machines = generateMachines(random.fork());
  const actions = actionsOf(random.fork(), machines);
  const faults = faultsOf(random.fork(), nodes, leaseMs);
  const isNoisy = random.chance(0.6);
  return {
    seed,
    nodes,
    partitions: random.whole(4, 8),
    leaseMs,
    machines,
    actions: [...actions, ...updatesOf(random.fork(), actions, machines)],
    faults,
    noise: {
      commits: isNoisy ? random.pick([0.005, 0.02, 0.06]) : 0,
      store: isNoisy ? random.pick([0.001, 0.005, 0.02]) : 0,
      network: random.chance(0.6) ? random.pick([0.01, 0.05, 0.15]) : 0,
    },
    calmFrom: lengthMs,
  };
}

function actionsOf(random: Random, machines: readonly GeneratedMachine[]): Action[] {
  const actions: Action[] = [];
  const startable = machines.filter(({ isChild }) => !isChild);
  const executions = random.whole(3, 7);
  for (let index = 0; index < executions; index++) {
    const machine = random.pick(startable).name;
    const name = `e${index}`;
    const at = random.between(500, lengthMs * 0.7);
    const input = {
      n: random.whole(0, 9),
      items: Array.from({ length: random.whole(1, 4) }, (_, i) => i),
    };
    const times = random.chance(0.25) ? 2 : 1;
    actions.push({ type: "start", at, name, machine, input, times, waits: random.chance(0.5) });
    const later = (): number => at + random.between(200, lengthMs / 2);
    if (random.chance(0.2)) actions.push({ type: "stop", at: later(), name, machine });
    if (random.chance(0.4)) actions.push({ type: "redrive", at: later() + 3_000, name, machine });
    if (random.chance(0.5)) actions.push({ type: "describe", at: later(), name, machine });
    if (random.chance(0.2))
      actions.push({ type: "start", at: later(), name, machine, input, times: 1, waits: false });
  }
  if (random.chance(0.5)) {
    actions.push({
      type: "list",
      at: random.between(lengthMs / 4, lengthMs),
      machine: random.pick(startable).name,
    });
  }
  return actions.sort((left, right) => left.at - right.at);
}

/** Changes of Map Runs, where there may be some. */
function updatesOf(
  random: Random,
  actions: readonly Action[],
  machines: readonly GeneratedMachine[],
): Action[] {
  const mapping = machines.filter(({ definition }) => definition.includes("DISTRIBUTED"));
  return actions.flatMap((action) => {
    if (action.type !== "start") return [];
    const { name, machine } = action;
    if (!mapping.some((other) => other.name === machine)) return [];
    return Array.from({ length: random.whole(0, 2) }, (): Action => {
      const at = action.at + random.between(50, 4_000);
      return { type: "update map run", at, name, machine, maxConcurrency: random.whole(1, 3) };
    });
  });
}

function faultsOf(random: Random, nodes: number, leaseMs: number): Fault[] {
  const faults: Fault[] = [];
  const count = random.whole(0, 5);
  for (let index = 0; index < count; index++) {
    const at = random.between(300, lengthMs * 0.85);
    const node = random.whole(0, nodes - 1);
    const restartMs = random.between(200, 2 * leaseMs);
    const isCommit = random.chance(0.4);
    const moment = {
      count: random.whole(1, isCommit ? 3 : 12),
      isCommit,
      isAfter: random.chance(0.5),
    };
    switch (random.whole(0, 8)) {
      case 0:
      case 1:
        faults.push({ type: "crash", at, node, moment, restartMs });
        break;
      case 2:
      case 3: {
        const forMs = random.chance(0.5)
          ? leaseMs * random.between(0.9, 1.1)
          : leaseMs * random.between(0.05, 2.5);
        faults.push({ type: "pause", at, node, moment, forMs });
        break;
      }
      case 4: {
        const byMs = random.pick([-30_000, -10_000, -leaseMs, 2_000, leaseMs, 30_000]);
        faults.push({ type: "skew", at, node, byMs });
        break;
      }
      case 5: {
        const other = (node + random.whole(1, nodes - 1)) % nodes;
        faults.push({ type: "cut nodes", at, node, other, forMs: random.between(500, 10_000) });
        break;
      }
      case 6:
        faults.push({ type: "cut store", at, node, forMs: leaseMs * random.between(0.05, 2) });
        break;
      case 7:
        faults.push({
          type: "crash deliveries",
          at,
          node,
          times: random.whole(2, 3),
          isAfter: moment.isAfter,
          restartMs,
        });
        break;
      default:
        faults.push({
          type: "leave",
          at,
          node,
          attemptsMs: random.pick([0, 1_000, 5_000]),
          restartMs,
        });
    }
  }
  return faults.sort((left, right) => left.at - right.at);
}
