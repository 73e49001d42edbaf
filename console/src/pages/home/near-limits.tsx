import { Link } from "@tanstack/react-router";
import { Gauge, OctagonAlert } from "lucide-react";
import type { NearLimit } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { MiddleName } from "../executions/middle-name.tsx";
import { cardLinkLook } from "./card-link.ts";
import { HeldCard, Rows } from "./held-card.tsx";

/** Our choice: from this part of a limit on it is nearly too late. */
const urgentShare = 0.95;
const keyOf = ({ arn, limit }: NearLimit) => `${limit} ${arn}`;

/** What has used up most of a limit that this server keeps to. */
export function NearLimits({ rows: near }: { readonly rows: readonly NearLimit[] }) {
  const words = useText().home.nearLimit;
  return (
    <HeldCard
      title={<span title={words.hint}>{words.title}</span>}
      rows={near}
      keyOf={keyOf}
      none={words.none}
      aside={
        <Link to="/settings" hash="limits" className={cardLinkLook}>
          {words.all}
        </Link>
      }
    >
      {(rows) => (
        <Rows rows={rows} keyOf={keyOf}>
          {(row) => <Near row={row} />}
        </Rows>
      )}
    </HeldCard>
  );
}

function Near({ row }: { readonly row: NearLimit }) {
  const text = useText();
  const format = useFormat();
  const words = text.home.nearLimit;
  const share = row.used / row.most;
  const isUrgent = share >= urgentShare;
  const Icon = isUrgent ? OctagonAlert : Gauge;
  const tone = isUrgent ? "text-fail" : "text-wait";
  const shown = amountIn(row, format);
  return (
    <>
      <Link
        to="/go/$arn"
        params={{ arn: row.arn }}
        className="flex min-w-0 font-semibold hover:text-accent hover:underline"
      >
        <MiddleName name={row.name} />
      </Link>
      <p className="flex flex-wrap items-center gap-x-2 text-xs text-dim">
        <span className="min-w-0 grow truncate">{words.limits[row.limit]}</span>
        <span
          className={`inline-flex shrink-0 items-center gap-1 font-medium tabular-nums ${tone}`}
        >
          <Icon aria-hidden size={12} />
          {words.used(format.percent(share))}
        </span>
      </p>
      <p className="truncate text-xs text-dim tabular-nums">
        {text.app.of(shown(row.used), shown(row.most))}
        {row.of !== undefined && row.of !== row.name && ` · ${row.of}`}
      </p>
    </>
  );
}

function amountIn(
  { limit }: NearLimit,
  format: ReturnType<typeof useFormat>,
): (value: number) => string {
  switch (limit) {
    case "payloadBytes":
      return format.bytes;
    case "duration":
      return format.duration;
    default:
      return format.number;
  }
}
