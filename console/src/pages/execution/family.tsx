import { useQueries, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight, CornerDownRight } from "lucide-react";
import { useMemo, useState } from "react";
import type { ExecutionView, RunStatus, VisitView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { StatusIcon } from "../../parts/status.tsx";

/** Executions that start one another are seldom deeper; a loop of them would have no end. */
const deepest = 8;
/** Children whose status is asked for at first: each by itself. */
const childrenAtOnce = 6;
const mostChildren = 60;

/** Where this execution stands among those that started it and those that it has started. */
export function Family({
  view,
  visits,
}: {
  readonly view: ExecutionView;
  readonly visits: readonly VisitView[];
}) {
  const text = useText();
  const navigate = useNavigate();
  const hasParent = view.parentArn !== undefined || view.mapRunArn !== undefined;
  const chain = useQuery({
    enabled: hasParent,
    queryKey: ["execution", view.executionArn, "ancestors"],
    queryFn: () => ancestorsOf(view),
    staleTime: Infinity,
  });
  const ancestors = chain.data ?? [];
  const parent = ancestors.at(-1);
  const root = ancestors[0];
  useShortcuts(
    useMemo(() => {
      const to = (arn: string | undefined) => () =>
        arn === undefined ? undefined : void navigate({ to: "/executions/$arn", params: { arn } });
      const { group, toParent, toRoot } = text.execution;
      if (parent === undefined || root === undefined) return [];
      return [
        { keys: "Alt+ArrowUp", label: toParent, group, run: to(parent.executionArn) },
        { keys: "Alt+Home", label: toRoot, group, run: to(root.executionArn) },
      ];
    }, [text, navigate, parent, root]),
  );
  const started = useMemo(
    () => visits.filter(({ childArn, mapRunArn }) => childArn ?? mapRunArn),
    [visits],
  );
  if (!hasParent && started.length === 0) return null;
  return (
    <nav
      aria-label={text.execution.family}
      className="mb-4 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-xl border border-line bg-surface px-4 py-2 text-[13px] shadow-card"
    >
      <span className="mr-1 text-xs font-medium text-dim">{text.execution.family}</span>
      {ancestors.map(({ executionArn, name, status }) => (
        <span key={executionArn} className="flex min-w-0 items-center gap-1.5">
          <StatusIcon status={status} size={13} />
          <span className="sr-only">{text.status[status]}</span>
          <Link
            to="/executions/$arn"
            params={{ arn: executionArn }}
            className="inline-flex min-h-6 max-w-56 items-center text-accent hover:underline"
          >
            <span className="truncate">{name}</span>
          </Link>
          <ChevronRight aria-hidden size={13} className="shrink-0 text-faint" />
        </span>
      ))}
      <span className="flex min-w-0 items-center gap-1.5" aria-current="page">
        <StatusIcon status={view.status} size={13} />
        <span className="max-w-56 truncate font-semibold">{view.name}</span>
      </span>
      {started.length > 0 && <Children visits={started} />}
    </nav>
  );
}

function Children({ visits }: { readonly visits: readonly VisitView[] }) {
  const text = useText();
  const format = useFormat();
  const [most, setMost] = useState(childrenAtOnce);
  const shown = visits.slice(0, most);
  const statuses = useQueries({
    queries: shown.map(({ childArn, mapRunArn = "", exitedAt }) => ({
      // Asked again when the state that waits for it has been left.
      queryKey: ["execution", childArn ?? mapRunArn, "status", exitedAt],
      queryFn: (): Promise<{ readonly status: RunStatus }> =>
        childArn === undefined ? server.mapRun(mapRunArn) : server.execution(childArn),
      refetchInterval: exitedAt === undefined ? 5_000 : (false as const),
      retry: false,
    })),
  });
  return (
    <ul
      aria-label={text.execution.children}
      className="flex min-w-0 flex-wrap items-center gap-x-4"
    >
      {shown.map((visit, index) => {
        const status = statuses[index]?.data?.status;
        return (
          <li key={visit.id} className="flex min-w-0 items-center gap-1.5">
            <CornerDownRight aria-hidden size={13} className="shrink-0 text-faint" />
            {/* One that is no longer there is shown as the state that started it. */}
            <StatusIcon status={status ?? visit.status} size={13} />
            <span className="sr-only">{text.status[status ?? visit.status]}</span>
            <ChildLink visit={visit} />
          </li>
        );
      })}
      {visits.length > shown.length && shown.length < mostChildren && (
        <li>
          <Button look="quiet" onPress={() => setMost(mostChildren)}>
            {text.execution.moreChildren(format.number(visits.length - shown.length))}
          </Button>
        </li>
      )}
    </ul>
  );
}

function ChildLink({ visit }: { readonly visit: VisitView }) {
  const look = "inline-flex min-h-6 max-w-64 items-center gap-1.5 text-accent hover:underline";
  const { childArn, mapRunArn = "", name } = visit;
  const within = (
    <>
      <span className="max-w-40 shrink-0 truncate">{name}</span>
      <span className="max-w-28 truncate text-xs text-dim">{lastPart(childArn ?? mapRunArn)}</span>
    </>
  );
  return childArn === undefined ? (
    <Link to="/map-runs/$arn" params={{ arn: mapRunArn }} className={look}>
      {within}
    </Link>
  ) : (
    <Link to="/executions/$arn" params={{ arn: childArn }} className={look}>
      {within}
    </Link>
  );
}

/** Those that it comes from, the first of all first. */
async function ancestorsOf(
  view: ExecutionView,
): Promise<readonly Pick<ExecutionView, "executionArn" | "name" | "status">[]> {
  const ancestors: ExecutionView[] = [];
  for (let at = view; ancestors.length < deepest;) {
    const arn = await parentOf(at);
    if (arn === undefined) break;
    const found = await server.execution(arn).catch(() => undefined);
    if (found === undefined) break;
    ancestors.unshift(found);
    at = found;
  }
  return ancestors;
}

async function parentOf({ parentArn, mapRunArn }: ExecutionView): Promise<string | undefined> {
  if (parentArn !== undefined) return parentArn;
  if (mapRunArn === undefined) return undefined;
  return (await server.mapRun(mapRunArn).catch(() => undefined))?.executionArn;
}

function lastPart(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1);
}
