import { CircleDashed, Pause, RefreshCw, Timer, type LucideIcon } from "lucide-react";
import type { LiveStatus } from "../api/live-tab.ts";
import { useLiveStatus } from "../api/live.ts";
import { useFormat, useText } from "../i18n/language.tsx";

const looks: Readonly<Record<Exclude<LiveStatus["state"], "live">, LucideIcon>> = {
  connecting: CircleDashed,
  reconnecting: RefreshCw,
  polling: Timer,
  paused: Pause,
};

/** Says how what is shown is kept up to date. */
export function LiveIndicator() {
  const text = useText();
  const format = useFormat();
  const { state, held } = useLiveStatus();
  const Icon = state === "live" ? undefined : looks[state];
  return (
    <span
      role="status"
      className="inline-flex items-center gap-1.5 px-1 text-xs whitespace-nowrap text-dim"
    >
      {Icon === undefined ? (
        <span aria-hidden className="h-2 w-2 rounded-full bg-ok" />
      ) : (
        <Icon
          aria-hidden
          size={12}
          className={state === "connecting" || state === "paused" ? "text-dim" : "text-wait"}
        />
      )}
      <span className="max-sm:sr-only">
        {held > 0 ? text.live.pausedNew(format.number(held)) : text.live[state]}
      </span>
    </span>
  );
}
