import {
  Ban,
  Check,
  CircleAlert,
  CircleDot,
  Clock3,
  Hourglass,
  LifeBuoy,
  RotateCw,
  type LucideIcon,
} from "lucide-react";
import type { RunStatus, VisitStatus } from "../../../src/console/view-types.ts";
import { useText } from "../i18n/language.tsx";

export type AnyStatus = RunStatus | VisitStatus | "scheduled" | "pending";
export type Tone = "ok" | "fail" | "run" | "wait" | "off";

/** A status is always a sign, a word and a colour. */
const shown: Readonly<Record<AnyStatus, { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  RUNNING: { tone: "run", icon: CircleDot },
  SUCCEEDED: { tone: "ok", icon: Check },
  FAILED: { tone: "fail", icon: CircleAlert },
  TIMED_OUT: { tone: "fail", icon: Clock3 },
  ABORTED: { tone: "off", icon: Ban },
  PENDING_REDRIVE: { tone: "wait", icon: RotateCw },
  running: { tone: "run", icon: CircleDot },
  waiting: { tone: "wait", icon: Hourglass },
  retrying: { tone: "wait", icon: RotateCw },
  succeeded: { tone: "ok", icon: Check },
  caught: { tone: "wait", icon: LifeBuoy },
  failed: { tone: "fail", icon: CircleAlert },
  aborted: { tone: "off", icon: Ban },
  scheduled: { tone: "run", icon: Clock3 },
  pending: { tone: "off", icon: Clock3 },
};

export const toneText: Readonly<Record<Tone, string>> = {
  ok: "text-ok",
  fail: "text-fail",
  run: "text-run",
  wait: "text-wait",
  off: "text-off",
};

export const toneSoft: Readonly<Record<Tone, string>> = {
  ok: "bg-ok-soft",
  fail: "bg-fail-soft",
  run: "bg-run-soft",
  wait: "bg-wait-soft",
  off: "bg-off-soft",
};

export const toneFill: Readonly<Record<Tone, string>> = {
  ok: "bg-ok",
  fail: "bg-fail",
  run: "bg-run",
  wait: "bg-wait",
  off: "bg-off",
};

export function toneOf(status: AnyStatus): Tone {
  return shown[status].tone;
}

export function StatusIcon({
  status,
  size = 14,
}: {
  readonly status: AnyStatus;
  readonly size?: number;
}) {
  const { icon: Icon, tone } = shown[status];
  const isMoving = status === "running" || status === "RUNNING";
  return (
    <Icon
      aria-hidden
      size={size}
      strokeWidth={2.25}
      className={`shrink-0 ${toneText[tone]} ${isMoving ? "animate-[pulse-soft_1.6s_ease-in-out_infinite]" : ""}`}
    />
  );
}

export function StatusBadge({ status }: { readonly status: AnyStatus }) {
  const text = useText();
  const { tone } = shown[status];
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${toneSoft[tone]} ${toneText[tone]}`}
    >
      <StatusIcon status={status} size={13} />
      {text.status[status]}
    </span>
  );
}
