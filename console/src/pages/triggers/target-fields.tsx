import { useAroundText } from "../../i18n/around/texts.ts";
import { Field, inputLook } from "../../parts/field.tsx";
import { jsonMistake } from "../../parts/json-mistake.ts";
import { TextField } from "../../parts/text-field.tsx";
import { useWorkflowChoices } from "./use-workflow-choices.ts";
import type { GivenTarget } from "./rule-calls.ts";

/** Whether a target could be put as it is. */
export function isComplete(given: GivenTarget): boolean {
  return given.arn !== "" && !isNoJson(given);
}

function isNoJson({ input }: GivenTarget): boolean {
  return input.trim() !== "" && jsonMistake(input) !== undefined;
}

/** Whom a trigger gives something: what is typed, with workflows to choose from. */
export function TargetFields({
  given,
  onChange,
  service,
  inputHint,
}: {
  readonly given: GivenTarget;
  readonly onChange: (given: GivenTarget) => void;
  /** Whom the role has to trust. */
  readonly service: string;
  readonly inputHint: string;
}) {
  const { triggers: text } = useAroundText();
  const workflows = useWorkflowChoices();
  return (
    <>
      <TextField
        label={text.target}
        hint={text.targetHint}
        isCode
        options={workflows}
        placeholder={workflows[0]?.value}
        value={given.arn}
        onChange={(arn) => onChange({ ...given, arn })}
      />
      <TextField
        label={text.role}
        hint={text.roleHint(service)}
        isCode
        value={given.roleArn}
        onChange={(roleArn) => onChange({ ...given, roleArn })}
      />
      <Field label={text.inputOf} hint={isNoJson(given) ? text.noJson : inputHint}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            spellCheck={false}
            wrap="off"
            aria-invalid={isNoJson(given)}
            value={given.input}
            onChange={({ target }) => onChange({ ...given, input: target.value })}
            className={`${inputLook} block resize-y py-2 font-mono text-xs! leading-5 ${isNoJson(given) ? "border-fail/60!" : ""}`}
          />
        )}
      </Field>
      <TextField
        label={text.deadLetters}
        hint={text.deadLettersHint}
        isCode
        value={given.deadLetterArn}
        onChange={(deadLetterArn) => onChange({ ...given, deadLetterArn })}
      />
    </>
  );
}
