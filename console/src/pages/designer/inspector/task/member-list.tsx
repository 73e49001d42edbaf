import { useState } from "react";
import type { Path } from "../../../../designer/document/definition-document.ts";
import { objectOf } from "../../../../graph/json.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { PickInput } from "../fields/pick-input.tsx";
import { useInspected, valueAt } from "../inspected.ts";
import { slotChanges, slotOf, type SlotNotation } from "../slot.ts";
import type { KnownMember } from "./known-members.ts";
import { MemberField } from "./member-field.tsx";
import { firstValue } from "./first-value.ts";

/** The members of an object in a template: those that are needed, those that are there, and what more there can be. */
export function MemberList({
  holder,
  members,
}: {
  /** Of the object, from the state on. */
  readonly holder: Path;
  readonly members: readonly KnownMember[];
}) {
  const { inspector: text } = useDesignerText();
  const { state, language, setAll } = useInspected();
  const notation: SlotNotation = language === "JSONata" ? "jsonata" : "dollar";
  const [round, setRound] = useState(0);
  const object = objectOf(valueAt(state.fields, holder));
  const isThere = (name: string) => slotOf(object, name, notation).kind !== "absent";
  const known = new Set(members.map(({ name }) => name));
  const written = Object.keys(object).map((name) =>
    notation === "dollar" ? name.replace(/\.\$$/, "") : name,
  );
  const unknown = [...new Set(written)].filter((name) => !known.has(name));
  const shown: readonly KnownMember[] = [
    ...members.filter(({ name, isRequired }) => isRequired || isThere(name)),
    ...unknown.map((name): KnownMember => ({ name, type: "json", isRequired: false })),
  ];
  const more = members.filter(({ name, isRequired }) => !isRequired && !isThere(name));
  const add = (typed: string) => {
    const name = typed.trim();
    if (name === "" || isThere(name)) return;
    const member = members.find((each) => each.name === name);
    const value = member === undefined ? "" : firstValue(member);
    setAll(slotChanges(holder, name, notation, { kind: "literal", value }));
    setRound(round + 1);
  };
  return (
    <div className="flex flex-col gap-3">
      {shown.map((member) => (
        <MemberField
          key={member.name}
          holder={holder}
          member={member}
          notation={notation}
          nested={(inner, innerMembers) => <MemberList holder={inner} members={innerMembers} />}
        />
      ))}
      <PickInput
        key={`add ${round}`}
        label={text.addMember}
        placeholder={text.addMember}
        value=""
        options={more.map(({ name, type }) => ({ id: name, label: name, detail: type }))}
        onChange={add}
      />
    </div>
  );
}
