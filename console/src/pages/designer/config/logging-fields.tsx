import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Check } from "../../../parts/check.tsx";
import { Field, inputLook } from "../../../parts/field.tsx";
import type { LoggingSettings } from "../designed-workflow.ts";
import { useDesigner, useWorkflowSettings } from "../use-designer.ts";

const levels = ["OFF", "FATAL", "ERROR", "ALL"] as const;

/** Where an execution's history is logged, and whether its traces are written. */
export function LoggingFields() {
  const { config } = useDesignerText().code;
  const { settings } = useDesigner();
  const { logging, tracing } = useWorkflowSettings();
  const change = (part: Partial<LoggingSettings>) =>
    settings.change({ logging: { ...logging, ...part } });
  const isMissing = logging.level !== "OFF" && logging.logGroupArn === "";
  return (
    <>
      <fieldset className="flex min-w-0 flex-col gap-3">
        <legend className="mb-1 text-[13px] font-semibold">{config.logging}</legend>
        <Field label={config.level}>
          {(ids) => (
            <select
              {...ids}
              value={logging.level}
              onChange={(event) => {
                const level = levels.find((each) => each === event.target.value);
                if (level !== undefined) change({ level });
              }}
              className={`${inputLook} h-8`}
            >
              {levels.map((level) => (
                <option key={level} value={level}>
                  {config.levels[level]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {logging.level !== "OFF" && (
          <>
            <Field
              label={config.logGroup}
              hint={
                isMissing ? <span className="text-fail">{config.logGroupNeeded}</span> : undefined
              }
            >
              {(ids) => (
                <input
                  {...ids}
                  aria-invalid={isMissing}
                  spellCheck={false}
                  autoComplete="off"
                  value={logging.logGroupArn}
                  onChange={(event) => change({ logGroupArn: event.target.value.trim() })}
                  className={`${inputLook} h-8 font-mono text-xs!`}
                />
              )}
            </Field>
            <Check
              label={config.includeData}
              isOn={logging.includeExecutionData}
              onChange={(includeExecutionData) => change({ includeExecutionData })}
            />
          </>
        )}
      </fieldset>
      <fieldset>
        <legend className="mb-1 text-[13px] font-semibold">{config.tracing}</legend>
        <Check
          label={config.tracingOn}
          isOn={tracing}
          onChange={(isOn) => settings.change({ tracing: isOn })}
        />
      </fieldset>
    </>
  );
}
