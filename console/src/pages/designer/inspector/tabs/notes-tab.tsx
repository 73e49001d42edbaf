import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { FieldFrame } from "../../expressions/field-frame.tsx";
import { TextInput } from "../fields/literal-input.tsx";
import { useInspected } from "../inspected.ts";

/** What its author says of the state. */
export function NotesTab() {
  const { inspector: text } = useDesignerText();
  const { state, set } = useInspected();
  const { Comment } = state.fields;
  return (
    <FieldFrame label={text.fields.Comment} member="Comment" hint={text.commentHint}>
      <TextInput
        label={text.fields.Comment}
        rows={8}
        value={typeof Comment === "string" ? Comment : undefined}
        onChange={(written) => set(["Comment"], written)}
      />
    </FieldFrame>
  );
}
