import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Path } from "../../../../designer/document/definition-document.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button, IconButton } from "../../../../parts/button.tsx";
import { Check } from "../../../../parts/check.tsx";
import { inputLook } from "../../../../parts/field.tsx";
import { ChoiceInput, TextInput } from "../fields/literal-input.tsx";
import { useInspected, valueAt } from "../inspected.ts";
import {
  added,
  formFields,
  formKinds,
  ofKind,
  removed,
  required,
  titled,
  type FormField,
  type FormKind,
} from "./form-fields.ts";

/** The fields that whoever is asked fills in: the JSON Schema of the answer, without having to know it. */
export function FormEditor({ at }: { readonly at: Path }) {
  const { question: text } = useDesignerText();
  const { state } = useInspected();
  const schema = valueAt(state.fields, at);
  const fields = formFields(schema);
  if (fields === undefined) return <p className="text-xs text-dim">{text.otherSchema}</p>;
  const isDecision = fields.some(isDecided);
  return (
    <section aria-label={text.form} className="flex flex-col gap-2">
      <h3 className="text-[13px] font-medium">{text.form}</h3>
      {(isDecision || fields.length === 0) && <p className="text-xs text-dim">{text.decision}</p>}
      <ul className="flex flex-col gap-2">
        {fields
          .filter((field) => !isDecided(field))
          .map((field) => (
            <FormRow key={field.name} at={at} schema={schema} field={field} />
          ))}
      </ul>
      <AddField at={at} schema={schema} />
    </section>
  );
}

/** Approve and Reject answer this one. */
function isDecided({ name, kind }: FormField): boolean {
  return name === "approved" && kind === "yesNo";
}

interface FormProps {
  readonly at: Path;
  readonly schema: unknown;
}

function FormRow({ at, schema, field }: FormProps & { readonly field: FormField }) {
  const { question: text } = useDesignerText();
  const { setAll } = useInspected();
  const { name, title, kind, options, isRequired } = field;
  return (
    <li className="rounded-lg border border-line p-2">
      <div className="flex items-center gap-2">
        <div className="min-w-0 grow">
          <TextInput
            label={text.labelOf(name)}
            value={title}
            onChange={(typed) => typed !== undefined && setAll(titled(at, name, typed))}
          />
        </div>
        <div className="w-32 shrink-0">
          <ChoiceInput
            label={text.kindOf(title)}
            value={kind}
            options={kind === "other" ? [...formKinds, kind] : formKinds}
            names={text.kinds}
            onChange={(chosen) => {
              const wanted = formKinds.find((each) => each === chosen);
              if (wanted !== undefined) setAll(ofKind(at, field, wanted, first(wanted, text)));
            }}
          />
        </div>
        <IconButton
          label={text.remove(title)}
          className="h-7! w-7!"
          onPress={() => setAll(removed(at, schema, name))}
        >
          <Trash2 aria-hidden size={13} />
        </IconButton>
      </div>
      {kind === "choice" && (
        <div className="mt-2">
          <TextInput
            label={text.optionsOf(title)}
            rows={3}
            value={options.join("\n")}
            onChange={(typed) => {
              const lines = (typed ?? "").split("\n").map((line) => line.trim());
              const given = [...new Set(lines.filter((line) => line !== ""))];
              if (given.length > 0) setAll(ofKind(at, field, kind, given));
            }}
          />
          <p className="mt-1 text-xs text-dim">{text.onePerLine}</p>
        </div>
      )}
      <div className="flex items-center justify-between gap-2">
        <Check
          label={text.required}
          isOn={isRequired}
          onChange={(isOn) => setAll(required(at, schema, name, isOn))}
        />
        <code className="truncate text-[11px] text-faint" title={text.nameHint}>
          {name}
        </code>
      </div>
    </li>
  );
}

/** What a choice begins with. */
function first(kind: FormKind, text: { readonly firstOptions: readonly string[] }) {
  return kind === "choice" ? text.firstOptions : [];
}

function AddField({ at, schema }: FormProps) {
  const { question: text } = useDesignerText();
  const { setAll } = useInspected();
  const [title, setTitle] = useState("");
  const add = () => {
    if (title.trim() === "") return;
    setAll(added(at, schema, title.trim()));
    setTitle("");
  };
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        aria-label={text.newField}
        placeholder={text.newField}
        autoComplete="off"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        className={`${inputLook} h-8`}
      />
      <Button type="submit" className="h-8! shrink-0" isDisabled={title.trim() === ""}>
        <Plus aria-hidden size={13} />
        {text.add}
      </Button>
    </form>
  );
}
