import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ClusterNodeView, ClusterStateView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Read } from "../../parts/query-state.tsx";
import { toneSoft, toneText, type Tone } from "../../parts/status.tsx";
import { Took } from "../../parts/time.tsx";
import { Database } from "./cluster-database.tsx";
import { Warning } from "./warning.tsx";

/** Our choice: how often it is looked at while the page is open. A lease usually lasts ten seconds. */
const askMs = 3_000;
/** Our choice: partitions that are named one by one. */
const mostNamed = 12;

/** The nodes of the cluster, which partitions each has, and the database that they share. */
export function Cluster() {
  const query = useQuery({
    queryKey: keys.cluster,
    queryFn: server.cluster,
    refetchInterval: askMs,
  });
  return <Read query={query}>{(cluster) => <State cluster={cluster} />}</Read>;
}

function State({ cluster }: { readonly cluster: ClusterStateView }) {
  const words = useText().settings.cluster;
  return (
    <>
      <WithoutOwner cluster={cluster} />
      <ul aria-label={words.nodes}>
        {cluster.nodes.map((node) => (
          <Node key={node.nodeId} node={node} cluster={cluster} />
        ))}
      </ul>
      <div className="grid gap-x-8 gap-y-5 p-4 md:grid-cols-2">
        <ThisNode cluster={cluster} />
        {cluster.database !== undefined && <Database database={cluster.database} />}
      </div>
    </>
  );
}

function WithoutOwner({ cluster: { withoutOwner } }: { readonly cluster: ClusterStateView }) {
  const words = useText().settings.cluster;
  const format = useFormat();
  if (withoutOwner.length === 0) return null;
  const named = withoutOwner.slice(0, mostNamed).join(", ");
  return (
    <div className="border-b border-line p-4">
      <Warning title={words.withoutOwner(format.number(withoutOwner.length))}>
        {words.withoutOwnerHint}{" "}
        {words.which(withoutOwner.length > mostNamed ? `${named}, …` : named)}
      </Warning>
    </div>
  );
}

function Node({
  node,
  cluster: { nodeId, partitions, nodes },
}: {
  readonly node: ClusterNodeView;
  readonly cluster: ClusterStateView;
}) {
  const words = useText().settings.cluster;
  const format = useFormat();
  const isHere = node.nodeId === nodeId;
  const isOver = node.leaseLeftMs <= 0;
  // The longest fills its place, so that the shares can be compared however many nodes there are.
  const most = Math.max(1, ...nodes.map((each) => each.partitions));
  return (
    <li className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,15rem)]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium break-all">{node.nodeId}</span>
          {isHere && <Chip tone="run">{words.thisNode}</Chip>}
          {node.isLeaving && <Chip tone="wait">{words.leaving}</Chip>}
        </p>
        <p className="text-xs break-all text-dim">
          {node.address} · {words.version(node.version)}
        </p>
      </div>
      <div className="min-w-0">
        <p className="flex justify-between gap-3 text-[13px] tabular-nums">
          <span>{words.share(format.number(node.partitions), format.number(partitions))}</span>
        </p>
        <div aria-hidden className="my-1 h-2 overflow-hidden rounded-full bg-sunken">
          <div
            className={`h-full rounded-full ${isHere ? "bg-run" : "bg-edge"}`}
            style={{ width: `${(node.partitions / most) * 100}%` }}
          />
        </div>
        <p className="flex flex-wrap justify-between gap-x-3 text-xs text-dim tabular-nums">
          <span className={isOver ? toneText.fail : ""}>
            {isOver
              ? words.leaseOver
              : words.lease(format.duration(Math.round(node.leaseLeftMs / 100) * 100))}
          </span>
          <span>
            {words.up} <Took from={node.startedAt} />
          </span>
        </p>
      </div>
    </li>
  );
}

/** What this node has been through, and how old is what it knows. */
function ThisNode({ cluster: { takenOver, lost, ageMs } }: { readonly cluster: ClusterStateView }) {
  const words = useText().settings.cluster;
  const format = useFormat();
  const age = ageMs === undefined ? words.unseen : format.duration(Math.round(ageMs / 100) * 100);
  return (
    <section>
      <h3 className="mb-1.5 text-[13px] font-semibold">{words.here}</h3>
      <dl className="text-[13px]">
        <Row name={words.takenOver}>{format.number(takenOver)}</Row>
        <Row name={words.lost}>{format.number(lost)}</Row>
        <Row name={words.age}>
          <span className={ageMs === undefined ? toneText.fail : ""}>{age}</span>
        </Row>
      </dl>
      <p className="mt-2 text-xs text-dim">{words.hereHint}</p>
    </section>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3 py-0.5">
      <dt className="text-dim">{name}</dt>
      <dd className="shrink-0 tabular-nums">{children}</dd>
    </div>
  );
}

function Chip({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={`rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${toneSoft[tone]} ${toneText[tone]}`}
    >
      {children}
    </span>
  );
}
