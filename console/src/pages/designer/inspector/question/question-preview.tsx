import { useId, useMemo, useState } from "react";
import { askedQuestion } from "../../../../../../src/console/questions/asked-question.ts";
import type { AskedField } from "../../../../../../src/console/view-types.ts";
import type { JsonValue } from "../../../../../../src/expression/json.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { AskedForm, useAnswering } from "../../../approvals/asked-form.tsx";
import { useEvaluation } from "../../expressions/use-evaluation.ts";
import { useInspected } from "../inspected.ts";
import { argumentsField } from "./question-place.ts";
import { shownTemplate } from "./shown-template.ts";

/** The question as whoever is asked will see it: with pinned data what the server makes of it, else with its expressions. */
export function QuestionPreview() {
  const { question: text } = useDesignerText();
  const { state } = useInspected();
  const parameters = useParameters();
  const asked = askedQuestion(parameters);
  return (
    <section aria-label={text.preview} className="rounded-lg border border-line bg-sunken p-3">
      <h3 className="mb-2 text-xs font-normal text-dim">{text.preview}</h3>
      <div className="rounded-md border border-line bg-surface p-3">
        <p className="text-[15px] font-semibold break-words">{asked.title ?? state.name}</p>
        {asked.text !== undefined && (
          <p className="mt-1 text-[13px] break-words whitespace-pre-wrap">{asked.text}</p>
        )}
        {asked.facts.length > 0 && (
          <dl className="mt-2 flex flex-col gap-1 text-xs">
            {asked.facts.map(({ name, value }) => (
              <div key={name} className="flex gap-2">
                <dt className="min-w-0 basis-2/5 [overflow-wrap:anywhere] text-dim">{name}</dt>
                <dd className="min-w-0 basis-3/5 [overflow-wrap:anywhere]">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <div className="mt-3">
          {/* What was written into the form before it changed belongs to another form. */}
          <TriedForm key={JSON.stringify(asked.schema)} schema={asked.schema} />
        </div>
      </div>
    </section>
  );
}

/** The form, which sends nothing: it shows what the workflow would go on with. */
function TriedForm({ schema }: { readonly schema: unknown }) {
  const { question: text } = useDesignerText();
  const [output, setOutput] = useState<string>();
  const answering = useAnswering(schema, (answer) =>
    setOutput(answer.kind === "fail" ? undefined : answer.output),
  );
  return (
    <>
      <AskedForm answering={answering} />
      <p role="status" className="mt-2 text-xs break-words text-dim">
        {output === undefined ? (
          text.tryForm
        ) : (
          <>
            {text.goesOnWith} <code className="text-ok">{output}</code>
          </>
        )}
      </p>
    </>
  );
}

/** What the task hands on, as far as that is known. */
function useParameters(): JsonValue {
  const { state, language, data } = useInspected();
  const id = useId();
  const code = argumentsField(language);
  const value = state.fields[code];
  const asked = useMemo(
    (): AskedField | undefined =>
      value === undefined
        ? undefined
        : {
            id,
            kind: language === "JSONata" ? "jsonata" : "payloadTemplate",
            field: code,
            value,
          },
    [id, language, code, value],
  );
  const { result } = useEvaluation(asked, data);
  return useMemo(() => {
    const isComputed =
      data !== undefined && result !== undefined && "value" in result && result.isCut !== true;
    return isComputed
      ? (JSON.parse(result.value) as JsonValue)
      : shownTemplate(value ?? {}, language);
  }, [data, result, value, language]);
}
