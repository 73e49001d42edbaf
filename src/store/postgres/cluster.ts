import type {
  ClusterStore,
  ClusterView,
  LiveNode,
  PartitionHolder,
} from "../../ports/cluster-store.ts";
import type { Row } from "../rows/row-kind.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

const renew = statement(
  "node_renew",
  `INSERT INTO @nodes (node_id, url, version, is_leaving, started_at, lease_until)
   VALUES ($1, $2, $3, $4, $5, now() + $6::double precision * interval '1 millisecond')
   ON CONFLICT (node_id) DO UPDATE SET url = excluded.url, version = excluded.version,
     is_leaving = excluded.is_leaving, started_at = excluded.started_at, lease_until = excluded.lease_until`,
);
const leave = statement("node_leave", "DELETE FROM @nodes WHERE node_id = $1");
const milliseconds = (time: string): string =>
  `floor(extract(epoch FROM ${time}) * 1000)::double precision`;
// All of it as of one moment, in rows of three kinds.
const view = statement(
  "cluster_view",
  `SELECT 'store' AS kind, ${milliseconds("now()")} AS at, value::bigint AS number,
     NULL AS node_id, NULL AS url, NULL AS version, false AS is_leaving, 0 AS part
   FROM @meta WHERE key = 'changes'
   UNION ALL
   SELECT 'node', ${milliseconds("lease_until")}, started_at, node_id, url, version, is_leaving, 0
   FROM @nodes WHERE lease_until >= now()
   UNION ALL
   SELECT 'partition', 0, epoch, node_id, NULL, NULL, false, part FROM @partitions
   ORDER BY kind, part, node_id`,
);
const note = statement(
  "change_note",
  "UPDATE @meta SET value = (value::bigint + 1)::text WHERE key = 'changes'",
);

/** The nodes and their leases, which run by the database's clock. */
export function cluster(
  database: Database,
): Pick<ClusterStore, "heartbeat" | "clusterView" | "leaveCluster" | "noteChange"> {
  async function clusterView(): Promise<ClusterView> {
    const rows = await database.rows(view);
    const ofKind = (kind: string): readonly Row[] => rows.filter((row) => row["kind"] === kind);
    const [store] = ofKind("store");
    return {
      now: store?.["at"] as number,
      nodes: ofKind("node").map(liveNode),
      partitions: ofKind("partition").map(holder),
      changes: store?.["number"] as number,
    };
  }

  return {
    async heartbeat({ nodeId, url, version, isLeaving, startedAt }, leaseMs) {
      await database.rows(renew, nodeId, url, version, isLeaving, startedAt, leaseMs);
      return clusterView();
    },
    clusterView,
    async leaveCluster(nodeId) {
      await database.rows(leave, nodeId);
    },
    async noteChange() {
      await database.rows(note);
    },
  };
}

function liveNode(row: Row): LiveNode {
  return {
    nodeId: row["node_id"] as string,
    url: row["url"] as string,
    version: row["version"] as string,
    isLeaving: row["is_leaving"] as boolean,
    startedAt: row["number"] as number,
    leaseUntil: row["at"] as number,
  };
}

function holder(row: Row): PartitionHolder {
  const nodeId = row["node_id"] as string | null;
  return {
    partition: row["part"] as number,
    epoch: row["number"] as number,
    ...(nodeId === null ? {} : { nodeId }),
  };
}
