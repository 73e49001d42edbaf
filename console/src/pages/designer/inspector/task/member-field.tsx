import { Braces, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Path } from "../../../../designer/document/definition-document.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { IconButton } from "../../../../parts/button.tsx";
import { ExpressionField } from "../../expressions/expression-field.tsx";
import { FieldFrame } from "../../expressions/field-frame.tsx";
import { TemplateField } from "../../expressions/template-field.tsx";
import { KindSwitch } from "../fields/kind-switch.tsx";
import { BooleanInput, ChoiceInput, NumberInput, TextInput } from "../fields/literal-input.tsx";
import { PickInput } from "../fields/pick-input.tsx";
import { useInspected, valueAt } from "../inspected.ts";
import { slotChanges, slotOf, switched, type Slot, type SlotNotation } from "../slot.ts";
import { firstValue } from "./first-value.ts";
import type { KnownMember } from "./known-members.ts";
import { ResourceInput } from "./resource-input.tsx";

/** Our choice: of more values one is found by typing. */
const mostInList = 20;

interface MemberProps {
  readonly holder: Path;
  readonly member: KnownMember;
  readonly notation: SlotNotation;
  /** The members of a member that is an object itself. */
  readonly nested: (holder: Path, members: readonly KnownMember[]) => ReactNode;
}

/** One member of what an action is given: said or computed. */
export function MemberField({ holder, member, notation, nested }: MemberProps) {
  const { inspector: text } = useDesignerText();
  const { state, language, data, setAll } = useInspected();
  const { name, isRequired, label = name } = member;
  const slot = slotOf(valueAt(state.fields, holder), name, notation);
  const change = (next: Slot) => setAll(slotChanges(holder, name, notation, next));
  const isAny = member.type === "json" && slot.kind !== "expression";
  const isJson = slot.kind === "literal" && typeof slot.value !== "string";
  const aside = (
    <>
      {isAny && (
        <IconButton
          label={isJson ? text.asText(label) : text.asJson(label)}
          aria-pressed={isJson}
          className={`h-6! w-6! ${isJson ? "bg-accent-soft text-accent!" : ""}`}
          onPress={() => change({ kind: "literal", value: isJson ? "" : {} })}
        >
          <Braces aria-hidden size={13} />
        </IconButton>
      )}
      <KindSwitch
        label={label}
        isExpression={slot.kind === "expression"}
        onSwitch={() => change(switched(slot, notation, firstValue(member)))}
      />
      {!isRequired && slot.kind !== "absent" && (
        <IconButton
          label={text.remove(label)}
          className="h-6! w-6!"
          onPress={() => change({ kind: "absent" })}
        >
          <X aria-hidden size={13} />
        </IconButton>
      )}
    </>
  );
  const field = [...holder, name].join("/");
  if (slot.kind === "expression") {
    return (
      <ExpressionField
        label={label}
        isRequired={isRequired}
        aside={aside}
        language={language}
        data={data}
        value={slot.text}
        sort={{ kind: language === "JSONata" ? "jsonata" : "jsonpath", field }}
        onChange={(written) => change({ kind: "expression", text: written })}
      />
    );
  }
  const value = slot.kind === "literal" ? slot.value : undefined;
  const set = (given: unknown) =>
    change(given === undefined ? { kind: "absent" } : { kind: "literal", value: given });
  // Emptied while it is typed anew, it stays: there is a button that takes it away.
  const setKept = (given: unknown) => given !== undefined && set(given);
  if (isAsText(member, value)) {
    return (
      <TemplateField
        label={label}
        isRequired={isRequired}
        aside={aside}
        language={language}
        data={data}
        value={value}
        sort={{ kind: language === "JSONata" ? "jsonata" : "payloadTemplate", field }}
        onChange={setKept}
      />
    );
  }
  return (
    <FieldFrame label={label} isRequired={isRequired} aside={aside}>
      {member.type === "object" ? (
        <div className="border-l-2 border-line pl-3">
          {nested([...holder, name], member.members ?? [])}
        </div>
      ) : (
        <Literal member={member} value={value} onChange={set} />
      )}
    </FieldFrame>
  );
}

/** Whether it is JSON that there is no form for. */
function isAsText({ type, members }: KnownMember, value: unknown): boolean {
  const isObject = typeof value === "object" && value !== null;
  if (type === "object" && members !== undefined) return value !== undefined && !isObject;
  if (type === "number") return value !== undefined && typeof value !== "number";
  if (type === "boolean") return value !== undefined && typeof value !== "boolean";
  const isText = !["list", "map", "object"].includes(type);
  return !isText || (value !== undefined && typeof value !== "string");
}

function Literal({
  member,
  value,
  onChange,
}: {
  readonly member: KnownMember;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const { inspector: text } = useDesignerText();
  const { name, type, picks, options, label = name } = member;
  const written = typeof value === "string" ? value : undefined;
  if (type === "number") {
    const number = typeof value === "number" ? value : undefined;
    return (
      <NumberInput
        label={label}
        value={number}
        onChange={(given) => given !== undefined && onChange(given)}
      />
    );
  }
  if (type === "boolean") {
    const isOn = typeof value === "boolean" ? value : undefined;
    return <BooleanInput label={label} value={isOn} onChange={onChange} />;
  }
  if (options !== undefined && options.length > mostInList) {
    return (
      <PickInput
        label={label}
        value={written ?? ""}
        onChange={onChange}
        options={options.map((option) => ({ id: option, label: option }))}
      />
    );
  }
  if (options !== undefined) {
    return (
      <ChoiceInput
        label={label}
        value={written}
        onChange={onChange}
        options={options}
        none={text.notSaid}
      />
    );
  }
  if (picks !== undefined) {
    return <ResourceInput label={label} kind={picks} value={written ?? ""} onChange={onChange} />;
  }
  const rows = member.rows ?? ((written ?? "").includes("\n") ? 4 : 1);
  return (
    <TextInput
      label={label}
      value={written}
      rows={rows}
      isEmptyKept={value !== undefined}
      onChange={onChange}
    />
  );
}
