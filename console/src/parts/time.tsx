import { useSyncExternalStore } from "react";
import { useFormat } from "../i18n/language.tsx";
import { serverNow } from "../app/server-clock.ts";

/** One clock for all ages on the page, so that they change together. */
const tickMs = 1_000;
let now = serverNow();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = serverNow();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The server's time, to the second. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}

/** How long ago, with the whole date where the pointer rests. */
export function Ago({ at }: { readonly at: number }) {
  const format = useFormat();
  const current = useNow();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={format.dateTime(at)}
      className="whitespace-nowrap tabular-nums"
    >
      {format.relative(at, Math.max(current, at))}
    </time>
  );
}

/** From then to then, or to now. */
export function Took({ from, to }: { readonly from: number; readonly to?: number | undefined }) {
  return to === undefined ? <Running from={from} /> : <Length milliseconds={to - from} />;
}

function Running({ from }: { readonly from: number }) {
  const current = useNow();
  return <Length milliseconds={Math.max(0, current - from)} />;
}

function Length({ milliseconds }: { readonly milliseconds: number }) {
  const format = useFormat();
  return <span className="whitespace-nowrap tabular-nums">{format.duration(milliseconds)}</span>;
}
