import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import type { FieldChange } from "../../../../designer/edits/fields.ts";
import { TemplateField } from "../../expressions/template-field.tsx";
import { useInspected } from "../inspected.ts";

/** The whole state as JSON. Only what differs is written into the definition. */
export function JsonTab() {
  const { inspector: text } = useDesignerText();
  const { state, language, data, setAll } = useInspected();
  const change = (value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const gone = Object.keys(state.fields).filter((name) => !Object.hasOwn(value, name));
    setAll([
      ...gone.map((name): FieldChange => [[name], undefined]),
      ...Object.entries(value)
        .filter(([name, member]) => JSON.stringify(state.fields[name]) !== JSON.stringify(member))
        .map(([name, member]): FieldChange => [[name], member]),
    ]);
  };
  return (
    <TemplateField
      label={text.stateJson(state.name)}
      hint={text.stateJsonHint}
      language={language}
      data={data}
      value={state.fields}
      sort={{ field: state.name, allowed: ["result", "errorOutput"] }}
      onChange={change}
    />
  );
}
