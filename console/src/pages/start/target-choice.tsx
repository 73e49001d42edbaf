import { useText } from "../../i18n/language.tsx";
import { Field, inputLook } from "../../parts/field.tsx";
import { useStartTargets } from "./start-targets.ts";

/** The current definition, an alias, or a version. */
export function TargetChoice({
  stateMachineArn,
  target,
  onChoose,
}: {
  readonly stateMachineArn: string;
  readonly target: string;
  readonly onChoose: (arn: string) => void;
}) {
  const text = useText();
  const { aliases, versions } = useStartTargets(stateMachineArn);
  const last = (arn: string) => arn.slice(arn.lastIndexOf(":") + 1);
  return (
    <Field label={text.start.target}>
      {(ids) => (
        <select
          {...ids}
          value={target}
          onChange={(event) => onChoose(event.target.value)}
          className={`${inputLook} h-8`}
        >
          <option value={stateMachineArn}>{text.start.targetCurrent}</option>
          {aliases.map((arn) => (
            <option key={arn} value={arn}>
              {text.start.targetAlias(last(arn))}
            </option>
          ))}
          {versions.map((arn) => (
            <option key={arn} value={arn}>
              {text.start.targetVersion(last(arn))}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
