import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import type { MapRunView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { FailedInputs } from "./failed-inputs.tsx";

/** What children failed of; a press shows only those that failed of it. */
export function ErrorGroups({ run }: { readonly run: MapRunView }) {
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { error } = useSearch({ from: "/map-runs/$arn" });
  const choose = (next: string) =>
    void navigate({
      to: "/map-runs/$arn",
      params: { arn: run.mapRunArn },
      replace: true,
      search: ({ error: before, ...rest }) => (before === next ? rest : { ...rest, error: next }),
    });
  return (
    <Card title={text.mapRuns.errors} flush>
      {run.errors.length === 0 ? (
        <p className="px-4 py-6 text-center text-dim">{text.mapRuns.noErrors}</p>
      ) : (
        <ul>
          {run.errors.map((group) => (
            <li key={group.error} className="border-b border-line last:border-0">
              <button
                type="button"
                aria-pressed={group.error === error}
                title={
                  group.error === error
                    ? text.mapRuns.allItems
                    : text.mapRuns.onlyError(group.error)
                }
                onClick={() => choose(group.error)}
                className={`flex w-full items-start gap-2.5 px-4 py-2.5 text-left hover:bg-sunken ${group.error === error ? "bg-accent-soft" : ""}`}
              >
                <CircleAlert aria-hidden size={15} className="mt-0.5 shrink-0 text-fail" />
                <span className="min-w-0 grow">
                  <span className="block font-medium break-words">{group.error}</span>
                  {group.cause !== undefined && (
                    <span className="line-clamp-2 text-xs break-words text-dim">
                      {shortCause(group.cause)}
                    </span>
                  )}
                </span>
                <span className="shrink-0 font-medium tabular-nums">
                  {format.number(group.count)}
                </span>
              </button>
              <div className="-mt-1 flex flex-wrap items-center gap-x-4 pb-2 pl-[41px] text-xs">
                <Link
                  to="/executions/$arn"
                  params={{ arn: group.sample }}
                  className="inline-flex h-6 items-center text-accent hover:underline"
                >
                  {text.mapRuns.sample}
                </Link>
                <FailedInputs run={run} group={group} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What a function says is JSON: its message is what people read. */
function shortCause(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { readonly errorMessage?: unknown };
    return typeof errorMessage === "string" ? errorMessage : cause;
  } catch {
    // It may have been cut off.
    return /^\{"errorType":"[^"]*","errorMessage":"((?:[^"\\]|\\.)*)"/.exec(cause)?.[1] ?? cause;
  }
}
