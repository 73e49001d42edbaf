import { ArrowDown } from "lucide-react";
import { useText } from "../../i18n/language.tsx";
import { DocumentTree } from "./document-tree.tsx";
import type { VisitData } from "./visit-data.ts";

/** The fields of a state that make each stage of the ladder, in the order in which they are used. */
const fieldsOf = {
  sent: ["InputPath", "ItemsPath", "Items", "ItemSelector", "Parameters", "Arguments"],
  result: ["Resource"],
  output: ["Result", "ResultSelector", "ResultPath", "OutputPath", "Output"],
  variables: ["Assign"],
} as const;

export interface Stage {
  readonly label: string;
  readonly value: string;
  /** What it is compared with. */
  readonly before: string | undefined;
  /** How JSONata names it. */
  readonly root: string;
  readonly fields: readonly string[];
}

/** The ladder of a state's data: what came in, what was sent, what came back, what went out, and what made each of it. */
export function DataFlow({ data, state }: { readonly data: VisitData; readonly state: unknown }) {
  const text = useText();
  return <StageLadder stages={stagesOf(data, text.execution)} state={state} />;
}

/** Documents one below the other, each marked where it differs from what it was made of, beside the state's fields that made it. */
export function StageLadder({
  stages,
  state,
}: {
  readonly stages: readonly Stage[];
  readonly state: unknown;
}) {
  const text = useText();
  const fields = (state ?? {}) as Readonly<Record<string, unknown>>;
  return (
    <ol className="flex flex-col">
      {stages.map((stage, index) => (
        <li key={stage.label}>
          {index > 0 && (
            <div className="flex justify-center py-1 text-faint lg:pr-64">
              <ArrowDown aria-hidden size={14} />
            </div>
          )}
          <div className="grid gap-x-4 gap-y-1 lg:grid-cols-[minmax(0,1fr)_15rem]">
            {stage.before !== undefined && stage.before === stage.value ? (
              <p className="self-start rounded-lg border border-dashed border-line px-3 py-2 text-xs text-dim">
                {stage.label}: {text.execution.same}
              </p>
            ) : (
              <DocumentTree {...stage} />
            )}
            <Fields names={stage.fields} fields={fields} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function stagesOf(
  { input, output, variables, attempts }: VisitData,
  labels: {
    readonly stageInput: string;
    readonly stageParameters: string;
    readonly stageResult: string;
    readonly stageOutput: string;
    readonly stageVariables: string;
  },
): readonly Stage[] {
  const { sent, got } = attempts.at(-1) ?? {};
  const stages: Stage[] = [];
  const add = (
    label: string,
    value: string | undefined,
    root: string,
    fields: readonly string[],
  ) => {
    if (value === undefined) return;
    stages.push({ label, value, before: stages.at(-1)?.value, root, fields });
  };
  add(labels.stageInput, input, "$states.input", []);
  // What a task is sent has no name in JSONata.
  add(labels.stageParameters, sent, "", fieldsOf.sent);
  add(labels.stageResult, got, "$states.result", fieldsOf.result);
  const outputFields =
    sent === undefined ? [...fieldsOf.sent, ...fieldsOf.output] : fieldsOf.output;
  // The output is the next state's input.
  add(labels.stageOutput, output, "$states.input", outputFields);
  for (const [name, value] of variables) {
    stages.push({
      label: `${labels.stageVariables}: $${name}`,
      value,
      before: undefined,
      root: `$${name}`,
      fields: fieldsOf.variables,
    });
  }
  return stages;
}

/** The definition's fields that made a stage, beside it. */
function Fields({
  names,
  fields,
}: {
  readonly names: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
}) {
  const text = useText();
  const given = names.filter((name) => Object.hasOwn(fields, name));
  if (given.length === 0) return null;
  return (
    <dl aria-label={text.execution.madeBy} className="flex min-w-0 flex-col gap-2 text-xs lg:pt-1">
      {given.map((name) => (
        <div key={name}>
          <dt className="font-medium text-dim">{name}</dt>
          <dd>
            <pre className="max-h-48 overflow-auto rounded-md border border-line px-2 py-1 font-mono break-words whitespace-pre-wrap">
              {written(fields[name])}
            </pre>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
}
