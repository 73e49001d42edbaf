import type { ActivityWorkerView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Ago } from "../../parts/time.tsx";

/** The workers of an activity, by the names that they give themselves. */
export function WorkersList({ workers }: { readonly workers: readonly ActivityWorkerView[] }) {
  const { activities: text } = useText();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-2 text-[13px]">
      <ul aria-label={text.workers} className="grid gap-x-8 gap-y-1 md:grid-cols-2">
        {workers.map(({ name, waiting, lastSeen }) => (
          <li key={name ?? ""} className="flex flex-wrap items-center gap-x-3">
            <span
              className={`min-w-0 break-words ${name === undefined ? "text-dim" : "font-medium"}`}
            >
              {name ?? text.noName}
            </span>
            {waiting > 0 ? (
              <span className="inline-flex items-center gap-1.5 text-run">
                <span aria-hidden className="h-2 w-2 rounded-full bg-run" />
                {waiting === 1 ? text.waitsNow : text.waitNow(format.number(waiting))}
              </span>
            ) : (
              <span className="text-dim">
                {text.lastSeen} <Ago at={lastSeen} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="text-xs text-dim">{text.workersHint}</p>
    </div>
  );
}
