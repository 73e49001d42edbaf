import { Plus } from "lucide-react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { FieldFrame } from "../../expressions/field-frame.tsx";
import { ChoiceRules } from "../choice/choice-rules.tsx";
import { BranchList } from "../fields/branch-list.tsx";
import { StateField } from "../fields/state-field.tsx";
import { TargetField } from "../fields/target-field.tsx";
import { WaitFields } from "../fields/wait-fields.tsx";
import { useInspected } from "../inspected.ts";
import {
  isDistributed,
  mapFields,
  mapSections,
  ownFields,
  type FieldSection,
} from "../state-fields.ts";
import { TaskFields } from "../task/task-fields.tsx";

/** What the state does, and where it goes on to. */
export function ConfigurationTab() {
  const { inspector: text } = useDesignerText();
  const { state, language } = useInspected();
  const hasNext = !["Choice", "Succeed", "Fail"].includes(state.type);
  return (
    <div className="flex flex-col gap-4">
      <Own />
      {ownFields(state.type, language).map((spec) => (
        <StateField key={spec.code} spec={spec} />
      ))}
      {hasNext && (
        <FieldFrame label={text.fields.Next} member="Next">
          <TargetField end="next" label={text.fields.Next} />
        </FieldFrame>
      )}
      {state.type === "Succeed" && <p className="text-[13px] text-dim">{text.succeedHint}</p>}
    </div>
  );
}

function Own() {
  const { state } = useInspected();
  switch (state.type) {
    case "Task":
      return <TaskFields />;
    case "Choice":
      return <ChoiceRules />;
    case "Wait":
      return <WaitFields />;
    case "Parallel":
      return <BranchList />;
    case "Map":
      return <MapFields />;
    default:
      return null;
  }
}

function MapFields() {
  const { state, language } = useInspected();
  return (
    <>
      {mapFields(state.fields).map((spec) => (
        <StateField key={spec.code} spec={spec} />
      ))}
      {isDistributed(state.fields) &&
        mapSections(language).map((section) => <Section key={section.code} section={section} />)}
    </>
  );
}

function Section({ section }: { readonly section: FieldSection }) {
  const { inspector: text } = useDesignerText();
  const { state, set } = useInspected();
  const { code, fields, initial } = section;
  const isThere = Object.hasOwn(state.fields, code);
  return (
    <section aria-label={text.fields[code]} className="rounded-lg border border-line p-3">
      <div className="flex items-center gap-2">
        <h3 className="grow text-[13px] font-semibold">
          {text.fields[code]} <code className="text-[11px] font-normal text-faint">{code}</code>
        </h3>
        <Button
          look="quiet"
          className="h-7! px-2! text-xs!"
          onPress={() => set([code], isThere ? undefined : initial)}
        >
          {!isThere && <Plus aria-hidden size={13} />}
          {isThere ? text.takeAway : text.add}
        </Button>
      </div>
      {isThere && (
        <div className="mt-2 flex flex-col gap-3">
          {fields.map((spec) => (
            <StateField key={spec.code} spec={spec} />
          ))}
        </div>
      )}
    </section>
  );
}
