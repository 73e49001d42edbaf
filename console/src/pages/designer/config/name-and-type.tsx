import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Field, inputLook } from "../../../parts/field.tsx";
import { Card } from "../../../parts/layout.tsx";
import { Segments } from "../../../parts/segments.tsx";
import { useDesigner, useWorkflowSettings } from "../use-designer.ts";

/** Ours is narrower than the service's, whose names may have any character but a few: these are in ARNs as they are. */
export const workflowName = /^[A-Za-z0-9_-]{1,80}$/;

/** Of a new workflow they are chosen; of one that is there they are told. */
export function NameAndType() {
  const { config } = useDesignerText().code;
  const { settings, workflow } = useDesigner();
  const { name, type } = useWorkflowSettings();
  const isFixed = workflow.machine !== undefined;
  const isWrong = name !== "" && !workflowName.test(name) && !isFixed;
  return (
    <Card title={config.workflow}>
      <div className="flex flex-col gap-4">
        <Field
          label={config.name}
          hint={
            isWrong ? (
              <span className="text-fail">{config.nameWrong}</span>
            ) : isFixed ? (
              config.nameFixed
            ) : (
              config.nameHint
            )
          }
        >
          {(ids) => (
            <input
              {...ids}
              aria-invalid={isWrong}
              readOnly={isFixed}
              maxLength={80}
              spellCheck={false}
              autoComplete="off"
              value={name}
              onChange={(event) => settings.change({ name: event.target.value })}
              className={`${inputLook} h-8`}
            />
          )}
        </Field>
        <div>
          <p className="mb-1 text-[13px] font-medium">{config.type}</p>
          {isFixed ? (
            <p className="text-[13px]">{config.types[type]}</p>
          ) : (
            <Segments
              label={config.type}
              options={(["STANDARD", "EXPRESS"] as const).map((id) => ({
                id,
                label: config.types[id],
              }))}
              selected={type}
              onSelect={(chosen) => settings.change({ type: chosen })}
            />
          )}
          <p className="mt-1 text-xs text-dim">{config.typeHints[type]}</p>
        </div>
      </div>
    </Card>
  );
}
