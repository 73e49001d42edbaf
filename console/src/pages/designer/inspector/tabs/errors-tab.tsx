import { arrayOf, objectOf } from "../../../../graph/json.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { FieldFrame } from "../../expressions/field-frame.tsx";
import { ErrorNames } from "../errors/error-names.tsx";
import { RetryChart } from "../errors/retry-chart.tsx";
import { retryPlan } from "../errors/retry-plan.ts";
import { EntryCard } from "../fields/entry-card.tsx";
import { EntryList } from "../fields/entry-list.tsx";
import { ChoiceInput, NumberInput, TextInput } from "../fields/literal-input.tsx";
import { StateField } from "../fields/state-field.tsx";
import { TargetField } from "../fields/target-field.tsx";
import { useInspected } from "../inspected.ts";
import { catcherFields, type FieldCode } from "../state-fields.ts";

/** What is done when it fails: Retriers, asked first, and Catchers. */
export function ErrorsTab() {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  const retriers = arrayOf(state.fields["Retry"]);
  const catchers = arrayOf(state.fields["Catch"]);
  return (
    <div className="flex flex-col gap-5">
      <EntryList
        title={text.retriers}
        field="Retry"
        add={text.addRetrier}
        hint={retriers.length === 0 ? text.retriersHint : undefined}
      >
        {retriers.map((retrier, index) => (
          <EntryCard
            key={index}
            field="Retry"
            index={index}
            count={retriers.length}
            title={namesOf(retrier).join(", ")}
            startsOpen={retriers.length === 1}
          >
            <Retrier retrier={retrier} index={index} />
          </EntryCard>
        ))}
      </EntryList>
      <EntryList
        title={text.catchers}
        field="Catch"
        add={text.addCatcher}
        hint={catchers.length === 0 ? text.catchersHint : undefined}
      >
        {catchers.map((catcher, index) => (
          <EntryCard
            key={index}
            field="Catch"
            index={index}
            count={catchers.length}
            title={`${namesOf(catcher).join(", ")} → ${targetOf(catcher, text.nowhere)}`}
            startsOpen={catchers.length === 1}
          >
            <Catcher catcher={catcher} index={index} />
          </EntryCard>
        ))}
      </EntryList>
    </div>
  );
}

function namesOf(entry: unknown): readonly string[] {
  return arrayOf(objectOf(entry)["ErrorEquals"]).map(String);
}

function targetOf(entry: unknown, nowhere: string): string {
  const { Next } = objectOf(entry);
  return typeof Next === "string" ? Next : nowhere;
}

const numbers: readonly FieldCode[] = [
  "IntervalSeconds",
  "MaxAttempts",
  "BackoffRate",
  "MaxDelaySeconds",
];

function Retrier({ retrier, index }: { readonly retrier: unknown; readonly index: number }) {
  const { inspector: text } = useDesignerText();
  const { set } = useInspected();
  const fields = objectOf(retrier);
  const at = (name: string) => ["Retry", index, name];
  return (
    <>
      <RetryChart plan={retryPlan(retrier)} />
      <FieldFrame label={text.fields.ErrorEquals} member="ErrorEquals">
        <ErrorNames
          label={text.fields.ErrorEquals}
          names={namesOf(retrier)}
          onChange={(names) => set(at("ErrorEquals"), names)}
        />
      </FieldFrame>
      <div className="grid grid-cols-2 gap-3">
        {numbers.map((code) => (
          <FieldFrame key={code} label={text.fields[code]}>
            <NumberInput
              label={text.fields[code]}
              value={typeof fields[code] === "number" ? fields[code] : undefined}
              onChange={(value) => set(at(code), value)}
            />
          </FieldFrame>
        ))}
      </div>
      <FieldFrame label={text.fields.JitterStrategy} member="JitterStrategy">
        <ChoiceInput
          label={text.fields.JitterStrategy}
          value={
            typeof fields["JitterStrategy"] === "string" ? fields["JitterStrategy"] : undefined
          }
          onChange={(value) => set(at("JitterStrategy"), value)}
          options={["NONE", "FULL"]}
          names={text.jitter}
          none={text.notSaid}
        />
      </FieldFrame>
      <Comment value={fields["Comment"]} onChange={(value) => set(at("Comment"), value)} />
    </>
  );
}

function Catcher({ catcher, index }: { readonly catcher: unknown; readonly index: number }) {
  const { inspector: text } = useDesignerText();
  const { set, language } = useInspected();
  const fields = objectOf(catcher);
  const at = (name: string) => ["Catch", index, name];
  return (
    <>
      <FieldFrame label={text.fields.ErrorEquals} member="ErrorEquals">
        <ErrorNames
          label={text.fields.ErrorEquals}
          names={namesOf(catcher)}
          onChange={(names) => set(at("ErrorEquals"), names)}
        />
      </FieldFrame>
      <FieldFrame label={text.fields.Next} member="Next">
        <TargetField end={`catch:${index}`} label={text.fields.Next} />
      </FieldFrame>
      {catcherFields(index, language).map((spec) => (
        <StateField key={spec.code} spec={spec} />
      ))}
      <Comment value={fields["Comment"]} onChange={(value) => set(at("Comment"), value)} />
    </>
  );
}

function Comment({
  value,
  onChange,
}: {
  readonly value: unknown;
  readonly onChange: (value: string | undefined) => void;
}) {
  const { inspector: text } = useDesignerText();
  return (
    <FieldFrame label={text.fields.Comment} member="Comment">
      <TextInput
        label={text.fields.Comment}
        value={typeof value === "string" ? value : undefined}
        onChange={onChange}
      />
    </FieldFrame>
  );
}
