import type { ActionPattern } from "../../../../../../src/console/view-types.ts";
import { objectOf, textOf } from "../../../../graph/json.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Problem } from "../../../../parts/field.tsx";
import { FieldFrame } from "../../expressions/field-frame.tsx";
import { ChoiceInput } from "../fields/literal-input.tsx";
import { StateField } from "../fields/state-field.tsx";
import { useDesigner } from "../../use-designer.ts";
import { useInspected } from "../inspected.ts";
import { timeoutFields, type FieldSpec } from "../state-fields.ts";
import { QuestionSection } from "../question/question-section.tsx";
import { ActionPicker } from "./action-picker.tsx";
import { knownMembers } from "./known-members.ts";
import { MemberList } from "./member-list.tsx";
import { ResourceInput } from "./resource-input.tsx";
import { calledAction, resourceOf, type CalledAction } from "./task-action.ts";
import { useAction, useActions } from "./use-actions.ts";

/** What a Task calls, with what, and how long it may take. */
export function TaskFields() {
  const { inspector: text } = useDesignerText();
  const { state, language, set } = useInspected();
  const { machine } = useDesigner().workflow;
  // The Region and account of the workflow; those of a new one are the server's usual ones.
  const place =
    machine?.stateMachineArn.split(":").slice(3, 5).join(":") ?? "us-east-1:000000000000";
  const actions = useActions();
  const catalogue = actions.data ?? { services: [] };
  const resource = textOf(state.fields["Resource"]) ?? "";
  const called = calledAction(resource, catalogue);
  const picks = called?.patterns.length === 0 ? called.action?.picks : undefined;
  return (
    <>
      <Problem error={actions.error} />
      <QuestionSection />
      <FieldFrame label={text.action} member="Resource" isRequired>
        <ActionPicker
          catalogue={catalogue}
          value={called?.id ?? resource}
          onChange={(id) => {
            const wanted = resourceOf(id, catalogue, called?.pattern);
            if (wanted !== undefined) set(["Resource"], wanted);
            // What is called has to be picked yet: the beginning of its ARN says of which kind it is.
            else if (id === "lambda:function")
              set(["Resource"], `arn:aws:lambda:${place}:function:`);
            else if (id === "states:activity")
              set(["Resource"], `arn:aws:states:${place}:activity:`);
          }}
        />
      </FieldFrame>
      {picks !== undefined && (
        <FieldFrame label={text.picked[picks]} member="Resource" isRequired>
          <ResourceInput
            label={text.picked[picks]}
            kind={picks}
            value={resource}
            onChange={(arn) => set(["Resource"], arn)}
          />
        </FieldFrame>
      )}
      {called !== undefined && <Availability called={called} />}
      {called !== undefined && called.patterns.length > 0 && (
        <FieldFrame label={text.pattern} hint={patternHint(called, text.patternHints)}>
          <ChoiceInput
            label={text.pattern}
            value={called.pattern}
            onChange={(pattern) => {
              const wanted = resourceOf(called.id, catalogue, pattern as ActionPattern);
              if (wanted !== undefined) set(["Resource"], wanted);
            }}
            options={called.patterns}
            names={text.patterns}
          />
        </FieldFrame>
      )}
      <Arguments id={called?.id} isOwn={called?.patterns.length === 0} />
      {timeoutFields().map((spec) => (
        <StateField key={spec.code} spec={spec} />
      ))}
      <StateField spec={credentials(language)} />
    </>
  );
}

function patternHint(
  { pattern }: CalledAction,
  hints: Readonly<Record<ActionPattern, string>>,
): string | undefined {
  return pattern === undefined ? undefined : hints[pattern];
}

function credentials(language: "JSONPath" | "JSONata"): FieldSpec {
  const kind = language === "JSONata" ? "jsonata" : "payloadTemplate";
  return {
    code: "Credentials",
    holder: [],
    kind: "template",
    sort: { kind, field: "Credentials" },
  };
}

/** Where a call goes from here, if it goes anywhere. */
function Availability({ called }: { readonly called: CalledAction }) {
  const { inspector: text } = useDesignerText();
  const read = useAction(called.action === undefined ? called.id : undefined);
  const availability =
    called.action?.availability ?? called.service?.availability ?? read.data?.availability;
  if (availability === undefined) return null;
  const isTrouble = availability.to === "nowhere" || availability.to === "notInstalled";
  return (
    <p
      className={`rounded-md px-2.5 py-1.5 text-xs ${isTrouble ? "bg-wait-soft text-wait" : "bg-sunken text-dim"}`}
    >
      {text.availability[availability.to]}
      {availability.because !== undefined && ` (${availability.because})`}
    </p>
  );
}

/** The members of what the action is given: a form as far as they are known. */
function Arguments({
  id,
  isOwn = false,
}: {
  readonly id: string | undefined;
  readonly isOwn?: boolean | undefined;
}) {
  const { inspector: text } = useDesignerText();
  const { state, language } = useInspected();
  const isWanted = id !== undefined && !isOwn;
  const action = useAction(isWanted ? id : undefined);
  const code = language === "JSONata" ? "Arguments" : "Parameters";
  const value = state.fields[code];
  const members = action.data?.members;
  const isObject = value === undefined || Object.keys(objectOf(value)).length > 0 || isEmpty(value);
  // A function of its own takes any JSON.
  if (!isWanted || !isObject || members === undefined) {
    const sort = {
      kind: language === "JSONata" ? "jsonata" : "payloadTemplate",
      field: code,
    } as const;
    return (
      <StateField
        spec={{ code, holder: [], kind: language === "JSONata" ? "expression" : "template", sort }}
      />
    );
  }
  const { atLeastOne } = action.data ?? {};
  return (
    <section aria-label={text.fields[code]} className="rounded-lg border border-line p-3">
      <h3 className="mb-2 text-[13px] font-semibold">{text.fields[code]}</h3>
      {atLeastOne !== undefined && (
        <p className="mb-2 text-xs text-dim">{text.atLeastOne(atLeastOne.join(", "))}</p>
      )}
      <MemberList holder={[code]} members={knownMembers(id, members)} />
    </section>
  );
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}
