import { useId } from "react";
import { setWorkflowField } from "../../../designer/edits/fields.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { retarget } from "../../../designer/edits/retarget.ts";
import { objectOf } from "../../../graph/json.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { inputLook } from "../../../parts/field.tsx";
import { FieldFrame } from "../expressions/field-frame.tsx";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { NumberInput, TextInput } from "./fields/literal-input.tsx";

/** Where nothing is selected: the fields of the workflow itself. */
export function WorkflowInspector() {
  const { inspector: text } = useDesignerText();
  const { store } = useDesigner();
  const document = useDesignerView((view) => view.readable);
  const fields = objectOf(document.value);
  const { root, states } = graphIndex(document);
  const set = (name: string, value: unknown) =>
    void store.edit("setWorkflowField", (given) => setWorkflowField(given, [name], value));
  const { Comment, TimeoutSeconds, QueryLanguage } = fields;
  const id = useId();
  return (
    <div className="flex flex-col gap-4 p-4">
      <div>
        <h2 className="text-[15px] font-semibold">{text.workflow}</h2>
        <p className="mt-1 text-[13px] text-dim">{text.workflowHint(String(states.size))}</p>
      </div>
      <FieldFrame label={text.fields.Comment} member="Comment">
        <TextInput
          label={text.fields.Comment}
          rows={3}
          value={typeof Comment === "string" ? Comment : undefined}
          onChange={(written) => set("Comment", written)}
        />
      </FieldFrame>
      <FieldFrame label={text.fields.StartAt} member="StartAt">
        <select
          aria-label={text.fields.StartAt}
          value={root.states.get(root.startAt ?? "")?.key ?? ""}
          onChange={(event) => {
            const target = event.target.value;
            store.edit("retarget", (given) => {
              const result = retarget(given, { scope: "", end: "start" }, target);
              return "refused" in result ? result : { ...result, select: [] };
            });
          }}
          className={`${inputLook} h-8`}
        >
          {!root.states.has(root.startAt ?? "") && (
            <option value="">{root.startAt ?? text.nowhere}</option>
          )}
          {[...root.states.values()].map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </FieldFrame>
      <FieldFrame label={text.fields.TimeoutSeconds} member="TimeoutSeconds">
        <NumberInput
          label={text.fields.TimeoutSeconds}
          value={typeof TimeoutSeconds === "number" ? TimeoutSeconds : undefined}
          onChange={(value) => set("TimeoutSeconds", value)}
        />
      </FieldFrame>
      <div className="flex items-center gap-2 text-[13px]">
        <label htmlFor={id} className="grow font-medium">
          {text.language}
        </label>
        <select
          id={id}
          value={QueryLanguage === "JSONata" ? "JSONata" : "JSONPath"}
          title={text.languageHint}
          onChange={(event) => set("QueryLanguage", event.target.value)}
          className={`${inputLook} h-8 w-auto!`}
        >
          <option>JSONPath</option>
          <option>JSONata</option>
        </select>
      </div>
    </div>
  );
}
