import type { ClusterView } from "../ports/cluster-store.ts";
import { openStore } from "../store/open-store.ts";
import { parseArguments } from "./arguments.ts";
import { shownUrl } from "./cluster-schema.ts";
import { UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { readSettings } from "./settings.ts";
import { storeFailure } from "./store-failure.ts";
import { tableOf } from "./table.ts";
import { styled } from "./terminal.ts";

const help = `Show the nodes of a cluster, and which partitions each has.

Usage: stepwell cluster [OPTIONS]

Options:
  --store URL        The cluster's PostgreSQL database; STEPWELL_STORE
  --json             Print one JSON document instead of text
  --config FILE      The configuration file
  --help, -h         Show this

Exit status: 0 if a live node has every partition, else 1.
`;

/** `stepwell cluster`: how the database sees its nodes; no server is asked. */
export const cluster: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      store: { type: "string" },
      json: { type: "boolean" },
      config: { type: "string" },
    });
    if (positionals.length > 0) {
      throw new UsageError(`cluster takes options only, not '${positionals.join(" ")}'.`);
    }
    const { store: url, dataDir } = await readSettings(values);
    if (url === undefined) {
      throw new UsageError(
        "Name the cluster's database with --store postgres://… or STEPWELL_STORE.",
      );
    }
    try {
      const store = await openStore({ kind: "postgres", url, migrate: false });
      try {
        const view = await store.clusterView();
        const text =
          values.json === true ? `${JSON.stringify(view, undefined, 2)}\n` : shown(view, url);
        process.stdout.write(text);
        return orphans(view) === 0 ? 0 : 1;
      } finally {
        await store.close();
      }
    } catch (error) {
      throw storeFailure(error, dataDir, true);
    }
  },
};

function shown(view: ClusterView, url: string): string {
  const rows = view.nodes.map((node) => [
    node.nodeId,
    String(view.partitions.filter(({ nodeId }) => nodeId === node.nodeId).length),
    `${((node.leaseUntil - view.now) / 1_000).toFixed(1)} s`,
    age(view.now - node.startedAt),
    node.version,
    node.url,
    node.isLeaving ? "leaving" : "",
  ]);
  const head = ["NODE", "PARTITIONS", "LEASE", "UP", "VERSION", "ADDRESS", ""];
  const without = orphans(view);
  return [
    `${shownUrl(url)}: ${count(view.nodes.length, "node")}, ${count(view.partitions.length, "partition")}`,
    "",
    rows.length === 0 ? "No node is alive." : tableOf(head, rows).trimEnd(),
    ...(without === 0
      ? []
      : ["", styled(process.stdout, "yellow", `No live node has ${count(without, "partition")}.`)]),
    "",
  ].join("\n");
}

/** Partitions that nobody alive has. */
function orphans({ nodes, partitions }: ClusterView): number {
  const alive = new Set(nodes.map(({ nodeId }) => nodeId));
  return partitions.filter(({ nodeId }) => nodeId === undefined || !alive.has(nodeId)).length;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

function age(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.round(ms / 1_000))} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
