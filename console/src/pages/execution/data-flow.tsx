import { ArrowDown } from "lucide-react";
import { useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import type { VisitData } from "./visit-data.ts";

/** The ladder of a state's data: what came in, what was sent, what came back, what went out. */
export function DataFlow({ data }: { readonly data: VisitData }) {
  const text = useText();
  const last = data.attempts.at(-1);
  const stages = [
    [text.execution.stageInput, data.input],
    [text.execution.stageParameters, last?.sent],
    [text.execution.stageResult, last?.got],
    [text.execution.stageOutput, data.output],
    ...data.variables.map(
      ([name, value]) => [`${text.execution.stageVariables}: $${name}`, value] as const,
    ),
  ].flatMap(([label, value]) =>
    label !== undefined && value !== undefined ? [{ label, value }] : [],
  );
  return (
    <ol className="flex flex-col">
      {stages.map(({ label, value }, index) => {
        const isSame = index > 0 && stages[index - 1]?.value === value;
        return (
          <li key={label}>
            {index > 0 && <ArrowDown aria-hidden size={14} className="mx-auto my-1 text-faint" />}
            {isSame ? (
              <p className="rounded-lg border border-dashed border-line px-3 py-2 text-xs text-dim">
                {label}: {text.execution.same}
              </p>
            ) : (
              <JsonView value={value} label={label} />
            )}
          </li>
        );
      })}
    </ol>
  );
}
