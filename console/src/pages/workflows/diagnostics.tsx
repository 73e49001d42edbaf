import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { locationSegments } from "../../../../src/asl/diagnostics/location.ts";
import { jsonPosition } from "../../../../src/cli/json-position.ts";
import type { JsonValue } from "../../../../src/expression/json.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Problem } from "../../parts/field.tsx";
import type { Diagnostic, Validation } from "./use-validation.ts";

/** What is wrong with a definition, each with the way to its place. */
export function Diagnostics({
  validation: { data, error, isStale },
  definition,
  onGo,
}: {
  readonly validation: Validation;
  readonly definition: string;
  readonly onGo: (offset: number) => void;
}) {
  const text = useText();
  const format = useFormat();
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) {
    return isStale ? <p className="text-xs text-dim">{text.workflows.checking}</p> : null;
  }
  const count = (severity: Diagnostic["severity"]) =>
    format.number(data.diagnostics.filter((each) => each.severity === severity).length);
  return (
    <div
      aria-live="polite"
      aria-busy={isStale}
      className={`text-[13px] ${isStale ? "grayscale" : ""}`}
    >
      {data.diagnostics.length === 0 ? (
        <p className="flex items-center gap-1.5 text-ok">
          <CircleCheck aria-hidden size={14} />
          {text.workflows.checkedWell}
        </p>
      ) : (
        <>
          <p className="mb-1 text-xs text-dim">
            {text.workflows.problems(count("ERROR"), count("WARNING"))}
          </p>
          <ul className="max-h-40 divide-y divide-line overflow-y-auto rounded-md border border-line">
            {data.diagnostics.map((diagnostic, index) => (
              <Problematic
                key={index}
                diagnostic={diagnostic}
                definition={definition}
                onGo={onGo}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Problematic({
  diagnostic: { severity, code, message, location },
  definition,
  onGo,
}: {
  readonly diagnostic: Diagnostic;
  readonly definition: string;
  readonly onGo: (offset: number) => void;
}) {
  const text = useText();
  const place = location ?? text.workflows.wholeDefinition;
  const Icon = severity === "ERROR" ? CircleAlert : TriangleAlert;
  return (
    <li>
      <button
        type="button"
        title={text.workflows.goToProblem(place)}
        onClick={() => onGo(offsetOf(definition, location))}
        className="flex w-full items-start gap-2 px-2.5 py-1.5 text-left hover:bg-sunken"
      >
        <Icon
          aria-hidden
          size={14}
          className={`mt-0.5 shrink-0 ${severity === "ERROR" ? "text-fail" : "text-wait"}`}
        />
        <span className="sr-only">{text.workflows.severities[severity]}</span>
        <span className="min-w-0 grow">
          <span className="block break-words">{message}</span>
          <span className="block font-mono text-[11px] break-all text-dim">
            {place} · {code}
          </span>
        </span>
      </button>
    </li>
  );
}

function offsetOf(definition: string, location: string | undefined): number {
  if (location === undefined) return 0;
  try {
    return jsonPosition(
      definition,
      locationSegments(location, JSON.parse(definition) as JsonValue),
    );
  } catch {
    // The text has changed since, and is no JSON now.
    return 0;
  }
}
