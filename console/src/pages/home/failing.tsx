import { Link } from "@tanstack/react-router";
import { Minus, Moon, Sparkles, TrendingDown, TrendingUp, type LucideIcon } from "lucide-react";
import type { ErrorGroup, TimeWindow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { toneSoft, toneText, type Tone } from "../../parts/status.tsx";
import { Ago, useNow } from "../../parts/time.tsx";
import { startedWithin } from "../../parts/window-search.ts";
import { groupFilter, groupKey } from "../executions/error-filter.ts";
import { ErrorName } from "../executions/error-name.tsx";
import { cardLinkLook } from "./card-link.ts";
import { HeldCard } from "./held-card.tsx";
import { trendOf, type Trend } from "./trend.ts";

const looks: Readonly<Record<Trend, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  new: { icon: Sparkles, tone: "fail" },
  rising: { icon: TrendingUp, tone: "fail" },
  steady: { icon: Minus, tone: "wait" },
  falling: { icon: TrendingDown, tone: "off" },
  quiet: { icon: Moon, tone: "off" },
};

/** Kinds of failure, those that are seen now first. */
export function Failing({
  groups,
  ofHour,
  window,
}: {
  readonly groups: readonly ErrorGroup[];
  /** The same kinds in the last hour; absent: not asked. */
  readonly ofHour?: readonly ErrorGroup[];
  /** When the executions started; absent: in the last 24 hours. */
  readonly window?: TimeWindow;
}) {
  const words = useText().home.failing;
  // Somebody meant to stop what was stopped.
  const failures = groups
    .filter(({ error }) => error !== "ABORTED")
    .toSorted((a, b) => b.lastAt - a.lastAt);
  const counts = new Map(ofHour?.map((group) => [groupKey(group), group.count]));
  const started = window === undefined ? "started:>-24h" : startedWithin(window);
  return (
    <HeldCard
      title={window === undefined ? words.title : words.titleOfWindow}
      rows={failures}
      keyOf={groupKey}
      none={window === undefined ? words.none : words.noneOfWindow}
      className="h-full"
      aside={
        <Link
          to="/executions"
          search={{ q: `status:failed status:timed_out ${started}`, group: "error" }}
          className={cardLinkLook}
        >
          {words.all}
        </Link>
      }
    >
      {(rows) => (
        <ul>
          {rows.map((group) => (
            <Failure
              key={groupKey(group)}
              group={group}
              started={started}
              count={window === undefined ? words.count : words.countOfWindow}
              inLastHour={ofHour === undefined ? undefined : (counts.get(groupKey(group)) ?? 0)}
            />
          ))}
        </ul>
      )}
    </HeldCard>
  );
}

function Failure({
  group,
  started,
  count,
  inLastHour,
}: {
  readonly group: ErrorGroup;
  /** A term of the filter. */
  readonly started: string;
  readonly count: (count: string) => string;
  readonly inLastHour: number | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.home.failing;
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-1.5 last:border-0">
      <div className="min-w-0 grow">
        <div className="flex min-w-0 items-center gap-2">
          <Link
            to="/executions"
            search={{ q: `${groupFilter(group)} ${started}` }}
            title={group.cause ?? group.error}
            className="min-w-0 truncate leading-[24px] font-semibold text-fail hover:underline"
          >
            <ErrorName error={group.error} />
          </Link>
          {inLastHour !== undefined && <TrendWord group={group} inLastHour={inLastHour} />}
        </div>
        <p className="truncate text-xs leading-[24px] text-dim">
          <Link
            to="/workflows/$arn"
            params={{ arn: group.stateMachineArn }}
            className="inline-block leading-[24px] hover:text-accent hover:underline"
          >
            {group.stateMachineName}
          </Link>
          {group.failedState !== undefined && ` · ${group.failedState}`}
        </p>
      </div>
      <div className="shrink-0 text-right text-xs text-dim">
        <p className="leading-[24px] tabular-nums">
          <span className="text-[13px] font-semibold text-text">
            {count(format.number(group.count))}
          </span>
        </p>
        <Link
          to="/executions/$arn"
          params={{ arn: group.sample }}
          title={words.open}
          className="inline-block leading-[24px] hover:text-accent hover:underline"
        >
          {words.seen} <Ago at={group.lastAt} />
        </Link>
      </div>
    </li>
  );
}

function TrendWord({
  group,
  inLastHour,
}: {
  readonly group: ErrorGroup;
  readonly inLastHour: number;
}) {
  const text = useText();
  const format = useFormat();
  const trend = trendOf(group, inLastHour, useNow());
  const { icon: Icon, tone } = looks[trend];
  const words = text.home.failing;
  return (
    <span
      title={`${words.trendHint[trend]}: ${words.lastHour(format.number(inLastHour))}`}
      className={`inline-flex shrink-0 items-center gap-1 rounded-full px-2 py-px text-xs font-medium ${toneSoft[tone]} ${toneText[tone]}`}
    >
      <Icon aria-hidden size={12} />
      {words.trend[trend]}
    </span>
  );
}
