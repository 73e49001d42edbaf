import { useId } from "react";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Field, inputLook } from "../../parts/field.tsx";
import { jsonMistake } from "../../parts/json-mistake.ts";
import { useWorkflows } from "../workflows/use-workflows.ts";
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
  const workflows = useWorkflows();
  const list = useId();
  const typed = {
    autoComplete: "off",
    spellCheck: false,
    className: `${inputLook} h-8 font-mono text-xs!`,
  };
  return (
    <>
      <Field label={text.target} hint={text.targetHint}>
        {(ids) => (
          <>
            <input
              {...ids}
              {...typed}
              list={list}
              placeholder={workflows.data?.[0]?.stateMachineArn}
              value={given.arn}
              onChange={({ target }) => onChange({ ...given, arn: target.value })}
            />
            <datalist id={list}>
              {workflows.data?.map(({ stateMachineArn, name }) => (
                <option key={stateMachineArn} value={stateMachineArn}>
                  {name}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={text.role} hint={text.roleHint(service)}>
        {(ids) => (
          <input
            {...ids}
            {...typed}
            value={given.roleArn}
            onChange={({ target }) => onChange({ ...given, roleArn: target.value })}
          />
        )}
      </Field>
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
      <Field label={text.deadLetters} hint={text.deadLettersHint}>
        {(ids) => (
          <input
            {...ids}
            {...typed}
            value={given.deadLetterArn}
            onChange={({ target }) => onChange({ ...given, deadLetterArn: target.value })}
          />
        )}
      </Field>
    </>
  );
}
