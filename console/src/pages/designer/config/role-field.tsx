import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Field, inputLook } from "../../../parts/field.tsx";
import { useDefaultRole } from "../../workflows/new-workflow.ts";
import { useDesigner, useWorkflowSettings } from "../use-designer.ts";

const roleArn = /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

export function RoleField() {
  const { config } = useDesignerText().code;
  const { settings } = useDesigner();
  const role = useWorkflowSettings().roleArn;
  const usual = useDefaultRole();
  const isWrong = role !== "" && !roleArn.test(role);
  return (
    <Field
      label={config.role}
      hint={isWrong ? <span className="text-fail">{config.roleWrong}</span> : config.roleHint}
    >
      {(ids) => (
        <input
          {...ids}
          aria-invalid={isWrong}
          spellCheck={false}
          autoComplete="off"
          placeholder={usual}
          value={role}
          onChange={(event) => settings.change({ roleArn: event.target.value.trim() })}
          className={`${inputLook} h-8 font-mono text-xs!`}
        />
      )}
    </Field>
  );
}
