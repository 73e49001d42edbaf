import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Segments } from "../../../../parts/segments.tsx";
import type { FieldChange } from "../../../../designer/edits/fields.ts";
import { useInspected } from "../inspected.ts";
import type { FieldSpec } from "../state-fields.ts";
import { StateField } from "./state-field.tsx";

const seconds: FieldSpec = {
  code: "Seconds",
  holder: [],
  kind: "number",
  hasTwin: true,
  sort: { kind: "jsonata", field: "Seconds", expected: "number" },
};

const timestamp: FieldSpec = {
  code: "Timestamp",
  holder: [],
  kind: "text",
  hasTwin: true,
  sort: { kind: "jsonata", field: "Timestamp", expected: "string" },
};

/** What a Wait waits for: some seconds or a moment, each said or computed. */
export function WaitFields() {
  const { inspector: text } = useDesignerText();
  const { state, setAll } = useInspected();
  const isMoment = ["Timestamp", "TimestampPath"].some((name) => Object.hasOwn(state.fields, name));
  const change = (kind: "seconds" | "moment") => {
    const gone = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"].map(
      (name): FieldChange => [[name], undefined],
    );
    const come: FieldChange =
      kind === "seconds" ? [["Seconds"], 60] : [["Timestamp"], "2030-01-01T00:00:00Z"];
    setAll([...gone, come]);
  };
  return (
    <>
      <Segments
        label={text.waitFor}
        options={[
          { id: "seconds", label: text.waitSeconds },
          { id: "moment", label: text.waitMoment },
        ]}
        selected={isMoment ? "moment" : "seconds"}
        onSelect={change}
      />
      <StateField spec={isMoment ? timestamp : seconds} />
    </>
  );
}
