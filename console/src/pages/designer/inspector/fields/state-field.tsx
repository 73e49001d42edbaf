import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { ExpressionField } from "../../expressions/expression-field.tsx";
import { FieldFrame } from "../../expressions/field-frame.tsx";
import { TemplateField } from "../../expressions/template-field.tsx";
import { useInspected, valueAt } from "../inspected.ts";
import { delimited, slotChanges, slotOf, switched, type SlotNotation } from "../slot.ts";
import type { FieldSpec } from "../state-fields.ts";
import { jsonataOf } from "../../../../graph/json.ts";
import { KindSwitch } from "./kind-switch.tsx";
import { BooleanInput, ChoiceInput, NumberInput, TextInput } from "./literal-input.tsx";

/** A field of the inspected state, as its description has it. */
export function StateField({ spec }: { readonly spec: FieldSpec }) {
  switch (spec.kind) {
    case "path":
      return <PathField spec={spec} />;
    case "template":
    case "json":
      return <JsonField spec={spec} />;
    case "expression":
      return <OutputField spec={spec} />;
    case "text":
    case "number":
    case "boolean":
    case "options":
      return <ValueField spec={spec} />;
  }
}

/** What a spec says in the language of whoever looks. */
function useWords({ code, holder }: FieldSpec, twin?: string) {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  return {
    label: text.fields[code],
    member: twin ?? code,
    value: valueAt(state.fields, [...holder, code]),
    text,
  };
}

/** A value that may be said, or computed. */
function ValueField({ spec }: { readonly spec: FieldSpec }) {
  const { code, holder, kind, hasTwin = false, options = [], sort } = spec;
  const { state, language, data, setAll } = useInspected();
  const notation: SlotNotation =
    language === "JSONata" && sort !== undefined ? "jsonata" : hasTwin ? "pathField" : "fixed";
  const slot = slotOf(valueAt(state.fields, holder), code, notation);
  const { label, text } = useWords(spec);
  const empty = kind === "number" ? 1 : kind === "boolean" ? false : "";
  const change = (literal: unknown) =>
    setAll(
      slotChanges(
        holder,
        code,
        notation,
        literal === undefined ? { kind: "absent" } : { kind: "literal", value: literal },
      ),
    );
  const aside = notation !== "fixed" && (
    <KindSwitch
      label={label}
      isExpression={slot.kind === "expression"}
      onSwitch={() => setAll(slotChanges(holder, code, notation, switched(slot, notation, empty)))}
    />
  );
  if (slot.kind === "expression") {
    return (
      <ExpressionField
        label={label}
        member={notation === "pathField" ? `${code}Path` : code}
        aside={aside}
        language={language}
        data={data}
        value={slot.text}
        sort={
          language === "JSONata" && sort !== undefined ? sort : { kind: "jsonpath", field: code }
        }
        onChange={(written) =>
          setAll(slotChanges(holder, code, notation, { kind: "expression", text: written }))
        }
      />
    );
  }
  const value = slot.kind === "literal" ? slot.value : undefined;
  return (
    <FieldFrame label={label} member={code} aside={aside}>
      {kind === "number" ? (
        <NumberInput label={label} value={asNumber(value)} onChange={change} />
      ) : kind === "boolean" ? (
        <BooleanInput label={label} value={value === true} onChange={change} />
      ) : kind === "options" ? (
        <ChoiceInput
          label={label}
          value={asText(value)}
          onChange={change}
          options={options}
          none={text.notSaid}
        />
      ) : (
        <TextInput label={label} value={asText(value)} onChange={change} />
      )}
    </FieldFrame>
  );
}

function asNumber(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function asText(value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}

/** A JSONPath, or `null`: nothing is taken on. */
function PathField({ spec }: { readonly spec: FieldSpec }) {
  const { code, holder, usual = "$", sort = { field: code }, stage } = spec;
  const { language, dataAt, set } = useInspected();
  const { label, value, text } = useWords(spec);
  const path = [...holder, code];
  const isNull = value === null;
  const aside = (
    <Button
      look="quiet"
      className="h-6! px-1.5! text-xs!"
      aria-pressed={isNull}
      onPress={() => set(path, isNull ? undefined : null)}
    >
      {isNull ? text.takeAgain : text.discard}
    </Button>
  );
  if (isNull) {
    return (
      <FieldFrame label={label} member={code} aside={aside}>
        <p className="rounded-md border border-dashed border-line px-2.5 py-1.5 text-xs text-dim">
          {text.discarded(code)}
        </p>
      </FieldFrame>
    );
  }
  return (
    <ExpressionField
      label={label}
      member={code}
      aside={aside}
      hint={value === undefined ? text.usualPath(usual) : undefined}
      language={language}
      data={dataAt(stage)}
      value={typeof value === "string" ? value : ""}
      sort={sort}
      onChange={(written) => set(path, written.trim() === "" ? undefined : written.trim())}
    />
  );
}

/** What a field looks in, and as what it is tried: not at all where it is for an item that is not known before the Map runs. */
function useTried({ code, sort = { field: code }, stage }: FieldSpec) {
  const data = useInspected().dataAt(stage);
  const isUnknown = stage === "item" && data !== undefined && data.item === undefined;
  return { data, sort: isUnknown ? { ...sort, kind: undefined } : sort };
}

/** JSON, with expressions in it or without. */
function JsonField({ spec }: { readonly spec: FieldSpec }) {
  const { code, holder } = spec;
  const { language, set } = useInspected();
  const { data, sort } = useTried(spec);
  const { label, value } = useWords(spec);
  return (
    <TemplateField
      label={label}
      member={code}
      language={language}
      data={data}
      value={value}
      sort={sort}
      onChange={(written) => set([...holder, code], written)}
    />
  );
}

/** What JSONata has as a whole: one expression, or JSON with expressions in its texts. */
function OutputField({ spec }: { readonly spec: FieldSpec }) {
  const { code, holder } = spec;
  const { language, set } = useInspected();
  const { data, sort } = useTried(spec);
  const { label, value } = useWords(spec);
  const expression = jsonataOf(value);
  const path = [...holder, code];
  const aside = (
    <KindSwitch
      label={label}
      isExpression={expression !== undefined}
      onSwitch={() => {
        const slot = slotOf({ value }, "value", "jsonata");
        const given = value === undefined ? { kind: "absent" as const } : slot;
        const next = switched(given, "jsonata", {});
        set(path, next.kind === "expression" ? delimited(next.text) : valueOf(next));
      }}
    />
  );
  if (expression === undefined) {
    return (
      <TemplateField
        label={label}
        member={code}
        aside={aside}
        language={language}
        data={data}
        value={value}
        sort={sort}
        onChange={(written) => set(path, written)}
      />
    );
  }
  return (
    <ExpressionField
      label={label}
      member={code}
      aside={aside}
      language={language}
      data={data}
      value={expression}
      sort={sort}
      onChange={(written) => set(path, written.trim() === "" ? undefined : delimited(written))}
    />
  );
}

function valueOf(slot: ReturnType<typeof switched>): unknown {
  return slot.kind === "literal" ? slot.value : undefined;
}
