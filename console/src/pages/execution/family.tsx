import { useNavigate } from "@tanstack/react-router";
import { ChevronRight, CornerDownRight, Network } from "lucide-react";
import { useMemo, useState } from "react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { later } from "../../parts/later.tsx";
import { FamilyLink, FamilyStatus } from "./family-link.tsx";
import { useFamilyWay, type FamilyMember } from "./family-way.ts";
import { useChildren } from "./use-children.ts";

const FamilyTree = later(async () => (await import("./family-tree.tsx")).FamilyTree);

/** Children that are named at first, and after a press. */
const childrenAtOnce = 6;
const mostChildren = 60;

/** Where this execution stands among those that started it and those that it has started. */
export function Family({
  view,
  visits,
  isOpen,
  onOpen,
}: {
  readonly view: ExecutionView;
  readonly visits: readonly VisitView[];
  /** All of it is shown as a tree. */
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}) {
  const text = useText();
  const navigate = useNavigate();
  const way = useFamilyWay(view);
  const started = useMemo(
    () => visits.filter(({ childArn, mapRunArn }) => childArn ?? mapRunArn).length,
    [visits],
  );
  const isAlone = view.parentArn === undefined && view.mapRunArn === undefined && started === 0;
  const ancestors = way.slice(0, -1).filter(({ kind }) => kind === "execution");
  const parent = ancestors.at(-1)?.arn;
  const root = ancestors[0]?.arn;
  useShortcuts(
    useMemo(() => {
      if (isAlone) return [];
      const { toParent, toRoot, group } = text.execution;
      const to = (arn: string) => () => void navigate({ to: "/executions/$arn", params: { arn } });
      const label = isOpen ? text.runHead.hideFamily : text.runHead.showFamily;
      return [
        { keys: "p", label, group, run: () => onOpen(!isOpen) },
        ...(parent === undefined
          ? []
          : [{ keys: "Alt+ArrowUp", label: toParent, group, run: to(parent) }]),
        ...(root === undefined ? [] : [{ keys: "Alt+Home", label: toRoot, group, run: to(root) }]),
      ];
    }, [text, navigate, isAlone, isOpen, onOpen, parent, root]),
  );
  if (isAlone) return null;
  return (
    <nav
      aria-label={text.execution.family}
      className="mb-4 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-xl border border-line bg-surface py-1.5 pr-2 pl-4 text-[13px] shadow-card"
    >
      <span className="mr-1 text-xs font-medium text-dim">{text.execution.family}</span>
      {!isOpen && <Line way={way} view={view} started={started} />}
      <span className="grow" />
      <IconButton
        label={`${isOpen ? text.runHead.hideFamily : text.runHead.showFamily} (p)`}
        aria-expanded={isOpen}
        look={isOpen ? "plain" : "quiet"}
        onPress={() => onOpen(!isOpen)}
      >
        <Network aria-hidden size={15} />
      </IconButton>
      {isOpen && <FamilyTree way={way} />}
    </nav>
  );
}

/** The way down to it, and its first children. */
function Line({
  way,
  view,
  started,
}: {
  readonly way: readonly FamilyMember[];
  readonly view: ExecutionView;
  readonly started: number;
}) {
  return (
    <>
      {way.slice(0, -1).map((member) => (
        <span key={member.arn} className="flex min-w-0 items-center gap-1.5">
          <FamilyLink member={member} className="max-w-56">
            <span className="truncate">{member.name}</span>
          </FamilyLink>
          <ChevronRight aria-hidden size={13} className="shrink-0 text-faint" />
        </span>
      ))}
      <span className="flex min-w-0 items-center gap-1.5" aria-current="page">
        <FamilyStatus status={view.status} />
        <span className="max-w-56 truncate font-semibold">{view.name}</span>
      </span>
      {started > 0 && <FirstChildren view={view} started={started} />}
    </>
  );
}

function FirstChildren({
  view,
  started,
}: {
  readonly view: ExecutionView;
  readonly started: number;
}) {
  const text = useText();
  const format = useFormat();
  const [most, setMost] = useState(childrenAtOnce);
  // `started` grows while it runs: what is new is asked for at once.
  const { data } = useChildren(
    { kind: "execution", arn: view.executionArn, stopDate: view.stopDate },
    { most: Math.min(most, Math.max(started, childrenAtOnce)) },
  );
  const rows = data?.rows ?? [];
  const left = (data?.total ?? 0) - rows.length;
  return (
    <ul
      aria-label={text.execution.children}
      className="flex min-w-0 flex-wrap items-center gap-x-4"
    >
      {rows.map((child) => (
        <li
          key={`${child.stateName ?? ""} ${child.arn}`}
          className="flex min-w-0 items-center gap-1.5"
        >
          <CornerDownRight aria-hidden size={13} className="shrink-0 text-faint" />
          <FamilyLink member={child} className="max-w-64">
            <span className="max-w-40 shrink-0 truncate">{child.stateName}</span>
            <span className="max-w-28 truncate text-xs text-dim">{child.name}</span>
          </FamilyLink>
        </li>
      ))}
      {left > 0 && most < mostChildren && (
        <li>
          <Button look="quiet" onPress={() => setMost(mostChildren)}>
            {text.execution.moreChildren(format.number(left))}
          </Button>
        </li>
      )}
    </ul>
  );
}
