import { CircleAlert, CornerDownRight } from "lucide-react";
import { useState } from "react";
import type { FieldResult } from "../../../../../src/console/view-types.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { JsonView } from "../../../parts/json-view.tsx";
import type { Evaluation } from "./use-evaluation.ts";

/** A value that is longer is opened on its own. */
const longestLine = 120;

/**
 * What an expression comes to, beneath it. Without pinned data only what is wrong with the text itself is told: that there is nothing at
 * a place says nothing yet.
 */
export function OutcomeLine({
  evaluation,
  isPinned,
}: {
  readonly evaluation: Evaluation;
  readonly isPinned: boolean;
}) {
  const { inspector: text } = useDesignerText();
  const { result, failure, isBehind, lacks } = evaluation;
  const shown = isPinned || isTelling(result) ? result : undefined;
  return (
    <div role="status" aria-busy={isBehind} className="mt-1 min-h-5 text-xs">
      {lacks !== undefined ? (
        <span className="text-dim">{text.lacks[lacks]}</span>
      ) : failure !== undefined ? (
        <span className="text-dim">{text.notEvaluated(failure.message)}</span>
      ) : shown === undefined ? (
        !isPinned && <span className="text-dim">{text.pinToSee}</span>
      ) : (
        <Outcome result={shown} />
      )}
    </div>
  );
}

function isTelling(result: FieldResult | undefined): boolean {
  return result !== undefined && "error" in result && result.error.code === "syntax";
}

function Outcome({ result }: { readonly result: FieldResult }) {
  const { inspector: text } = useDesignerText();
  if ("isSkipped" in result) return <span className="text-dim">{text.skipped}</span>;
  return (
    <>
      {"error" in result ? (
        <span className="flex gap-1.5 text-fail">
          <CircleAlert aria-hidden size={13} className="mt-0.5 shrink-0" />
          <span className="min-w-0 break-words">
            {result.error.code !== "syntax" && result.error.code !== "noData" && (
              <code className="mr-1">{result.error.code}</code>
            )}
            {result.error.code === "noData" ? text.noData : result.error.message}
            {result.error.detail !== undefined && ` (${result.error.detail})`}
          </span>
        </span>
      ) : (
        <Value value={result.value} isCut={result.isCut === true} />
      )}
      {result.missing !== undefined && (
        <span className="mt-0.5 block text-wait">{text.missing(result.missing.join(", "))}</span>
      )}
    </>
  );
}

function Value({ value, isCut }: { readonly value: string; readonly isCut: boolean }) {
  const { inspector: text } = useDesignerText();
  const [isOpen, setOpen] = useState(false);
  const isLong = value.length > longestLine || isCut;
  return (
    <>
      <span className="flex gap-1.5 text-ok">
        <CornerDownRight aria-hidden size={13} className="mt-0.5 shrink-0" />
        <span className="sr-only">{text.result}</span>
        <code className="min-w-0 grow break-words">
          {isLong ? `${value.slice(0, longestLine)}…` : value}
        </code>
        {isLong && (
          <button
            type="button"
            aria-expanded={isOpen}
            className="h-5 shrink-0 rounded px-1 text-dim underline"
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? text.less : text.more}
          </button>
        )}
      </span>
      {isLong && isOpen && (
        <div className="mt-1">
          <JsonView value={value} label={text.result} />
        </div>
      )}
    </>
  );
}
