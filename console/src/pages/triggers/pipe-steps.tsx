import { Check, CircleAlert, CircleSlash, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { PipeRecord } from "../../../../src/triggers/pipes/pipe-record.ts";
import { serverNow } from "../../app/server-clock.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Field, inputLook } from "../../parts/field.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { TextField } from "../../parts/text-field.tsx";
import type { GivenPipe } from "./pipe-calls.ts";
import { exampleOfSource, type PipePreview, previewPipe } from "./pipe-preview.ts";

/** *Documented*: quotas of pipes: patterns of one. */
const mostPatterns = 5;

const examplePattern = JSON.stringify({ body: { kind: ["order"] } }, undefined, 2);

/** What a pipe does with an event on its way: filters, an enrichment, a template; beside an event, and what becomes of it. */
export function PipeSteps({
  given,
  onChange,
  pipe,
}: {
  readonly given: GivenPipe;
  readonly onChange: (changes: Partial<GivenPipe>) => void;
  /** What the form comes to. */
  readonly pipe: PipeRecord;
}) {
  const { pipe: text } = useAroundText().triggers;
  const format = useFormat();
  const [typed, setEvent] = useState<string>();
  const event = typed ?? exampleOfSource(given.source);
  const { patterns } = given;
  const put = (changed: readonly string[]) => onChange({ patterns: changed });
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-3">
        {patterns.map((pattern, index) => (
          <div key={index} className="min-w-0">
            <JsonEditor
              label={patterns.length === 1 ? text.filter : text.filterOf(format.number(index + 1))}
              hint={text.filterHint}
              value={pattern}
              onChange={(value) => put(patterns.with(index, value))}
              rows={6}
            />
            <Button look="quiet" onPress={() => put(patterns.toSpliced(index, 1))}>
              <Trash2 aria-hidden size={14} />
              {text.removeFilter}
            </Button>
          </div>
        ))}
        {patterns.length === 0 && <p className="text-[13px] text-dim">{text.noFilter}</p>}
        {patterns.length < mostPatterns && (
          <div>
            <Button onPress={() => put([...patterns, examplePattern])}>
              <Plus aria-hidden size={14} />
              {text.addFilter}
            </Button>
          </div>
        )}
        <TextField
          label={text.enrichment}
          hint={text.enrichmentHint}
          isCode
          value={given.enrichment}
          onChange={(enrichment) => onChange({ enrichment })}
        />
        <Field label={text.template} hint={text.templateHint}>
          {(ids) => (
            <textarea
              {...ids}
              rows={3}
              spellCheck={false}
              value={given.template}
              onChange={({ target }) => onChange({ template: target.value })}
              className={`${inputLook} block resize-y py-2 font-mono text-xs! leading-5`}
            />
          )}
        </Field>
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <JsonEditor
          label={text.event}
          hint={text.eventHint}
          value={event}
          onChange={setEvent}
          rows={12}
        />
        <Result preview={previewPipe(pipe, event, serverNow())} />
      </div>
    </div>
  );
}

function Result({ preview }: { readonly preview: PipePreview }) {
  const { pipe: text, rule } = useAroundText().triggers;
  const said = {
    noEvent: `${text.event}: ${rule.notJson}`,
    dropped: text.dropped,
    invalid: "problem" in preview ? `${text.filter}: ${preview.problem}` : "",
    failed: "problem" in preview ? `${text.template}: ${preview.problem}` : "",
    enriched: text.enriched,
    given: text.givenToTarget,
  }[preview.type];
  const isGiven = "text" in preview;
  const isDropped = preview.type === "dropped";
  const Icon = isGiven ? Check : isDropped ? CircleSlash : CircleAlert;
  const look = isGiven ? "text-ok" : isDropped ? "text-wait" : "text-fail";
  return (
    <>
      <p role="status" className={`flex items-start gap-2 text-[13px] font-medium ${look}`}>
        <Icon aria-hidden size={15} className="mt-0.5 shrink-0" />
        <span className="min-w-0 break-words whitespace-pre-wrap">{said}</span>
      </p>
      {isGiven && <JsonView value={preview.text} label={text.input} />}
    </>
  );
}
