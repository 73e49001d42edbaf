import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresServer } from "../../contracts/postgres-server.ts";
import type { Random } from "../random.ts";
import type { ClusterApi } from "./cluster-api.ts";
import type { NodeProcess } from "./node-process.ts";
import { type TcpWay, wayFaults } from "./tcp-way.ts";

/** A node with the ways that lead from it and to it. */
export interface Member {
  readonly node: NodeProcess;
  /** From it to the database. */
  readonly toDatabase: TcpWay;
  /** From other nodes to it. */
  readonly fromPeers: TcpWay;
}

/** What a fault may touch. */
export interface Field {
  readonly members: readonly Member[];
  readonly database: PostgresServer;
  readonly api: ClusterApi;
  readonly random: Random;
  readonly leaseMs: number;
  readonly violation: (text: string) => void;
  readonly log: (line: string) => void;
  /** How often nodes have said that their lease has run out. */
  readonly lostLeases: () => number;
  /**
   * Does `begin`, and resolves with the milliseconds from then until each execution that pulses in the member's
   * partitions has gone on; in those of all members if it is absent.
   */
  measured(begin: () => Promise<void> | void, member?: Member): Promise<readonly number[]>;
  /** Resolves when all nodes are ready and have all partitions. */
  settled(): Promise<void>;
}

export interface Fault {
  /** What its times are, for the bar of takeovers: of takeovers, or of something else. */
  readonly measures: "takeover" | "pause";
  strike(field: Field): Promise<readonly number[]>;
}

/** Begins and, after so long, ends something; gives what was measured from its beginning. */
async function lasting(
  field: Field,
  member: Member,
  { begin, end, ms }: { begin: () => Promise<void> | void; end: () => unknown; ms: number },
): Promise<readonly number[]> {
  const begun = Promise.withResolvers<void>();
  const measured = field.measured(async () => {
    await begin();
    begun.resolve();
  }, member);
  await begun.promise;
  await sleep(ms);
  await end();
  return await measured;
}

/** From so many leases to so many, by chance. */
function leases({ random, leaseMs }: Field, least: number, most: number): number {
  return leaseMs * (least + random.next() * (most - least));
}

function pause(least: number, most: number): Fault {
  return {
    measures: "takeover",
    async strike(field) {
      const member = field.random.pick(field.members);
      return await lasting(field, member, {
        begin: () => member.node.pause(),
        end: () => member.node.resume(),
        ms: leases(field, least, most),
      });
    },
  };
}

/** What must not be seen by clients, unless the machine is so busy that nodes lose their leases by that alone. */
async function unseen<T>(field: Field, name: string, work: () => Promise<T>): Promise<T> {
  const { api, violation, lostLeases, log } = field;
  const before = lostLeases();
  const failed: string[] = [];
  api.strict = (text) => failed.push(`${name}: ${text}`);
  try {
    return await work();
  } finally {
    api.strict = undefined;
    const isBusy = lostLeases() > before;
    if (isBusy) log(`${name}: leases were lost without a reason: the machine is too busy`);
    for (const text of failed) {
      if (isBusy) log(text);
      else violation(text);
    }
  }
}

/** Everything that is done to a cluster, by its name. */
export const faults: { readonly [name: string]: Fault } = {
  kill: {
    measures: "takeover",
    async strike(field) {
      const { node, ...member } = field.random.pick(field.members);
      return await lasting(
        field,
        { node, ...member },
        {
          begin: () => node.kill(),
          end: () => node.start(),
          ms: leases(field, 0, 2),
        },
      );
    },
  },
  pause: pause(1.3, 2.5),
  "pause-near": pause(0.9, 1.1),
  postgres: {
    measures: "pause",
    async strike(field) {
      const downMs = field.random.pick([0, leases(field, 0.2, 1.5)]);
      return await field.measured(() => field.database.restart({ signal: "SIGKILL", downMs }));
    },
  },
  ...Object.fromEntries(
    wayFaults.map((fault): [string, Fault] => [
      fault,
      {
        measures: "takeover",
        async strike(field) {
          const member = field.random.pick(field.members);
          return await lasting(field, member, {
            begin: () => member.toDatabase.break(fault),
            end: () => member.toDatabase.mend(),
            ms: leases(field, 2, 4),
          });
        },
      },
    ]),
  ),
  apart: {
    measures: "pause",
    async strike(field) {
      const left = field.random.pick(field.members);
      const apart = field.members.filter((member) => member !== left);
      const fault = field.random.pick(["reset", "black-hole"] as const);
      return await unseen(field, "apart", async () => {
        const stalled = await field.measured(() => {
          for (const { fromPeers } of apart) fromPeers.break(fault);
        });
        await sleep(leases(field, 2, 4));
        for (const { fromPeers } of apart) fromPeers.mend();
        return stalled;
      });
    },
  },
  roll: {
    measures: "pause",
    async strike(field) {
      return await unseen(field, "roll", async () => {
        const times: number[] = [];
        for (const member of field.members) {
          const { node } = member;
          const measured = field.measured(async () => {
            const status = await node.stop();
            if (status !== 0) field.violation(`${node.name} was stopped, and ended with ${status}`);
          }, member);
          times.push(...(await measured));
          await node.start();
          await field.settled();
        }
        return times;
      });
    },
  },
};
