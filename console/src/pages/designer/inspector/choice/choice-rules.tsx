import { arrayOf, jsonataOf, objectOf } from "../../../../graph/json.ts";
import { ruleLabel } from "../../../../graph/rule-label.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { ExpressionField } from "../../expressions/expression-field.tsx";
import { FieldFrame } from "../../expressions/field-frame.tsx";
import { EntryCard } from "../fields/entry-card.tsx";
import { EntryList } from "../fields/entry-list.tsx";
import { TextInput } from "../fields/literal-input.tsx";
import { StateField } from "../fields/state-field.tsx";
import { TargetField } from "../fields/target-field.tsx";
import { useInspected } from "../inspected.ts";
import { delimited } from "../slot.ts";
import { ruleFields } from "../state-fields.ts";
import { ConditionEditor } from "./condition-editor.tsx";
import { conditionOf, withCondition } from "./conditions.ts";
import { RuleVerdict } from "./rule-verdict.tsx";

/** The rules of a Choice, in the order in which they are asked, and what is gone on with if none is taken. */
export function ChoiceRules() {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  const rules = arrayOf(state.fields["Choices"]);
  return (
    <>
      <EntryList title={text.rules} field="Choices" add={text.addRule} hint={text.rulesHint}>
        {rules.map((rule, index) => (
          <EntryCard
            key={index}
            field="Choices"
            index={index}
            count={rules.length}
            title={`${ruleLabel(rule)} → ${nextOf(rule, text.nowhere)}`}
            startsOpen={rules.length === 1}
          >
            <Rule rule={rule} index={index} />
          </EntryCard>
        ))}
      </EntryList>
      <FieldFrame label={text.fields.Default} member="Default" hint={text.defaultHint}>
        <TargetField end="default" label={text.fields.Default} />
      </FieldFrame>
    </>
  );
}

function nextOf(rule: unknown, nowhere: string): string {
  const { Next } = objectOf(rule);
  return typeof Next === "string" ? Next : nowhere;
}

function Rule({ rule, index }: { readonly rule: unknown; readonly index: number }) {
  const { inspector: text } = useDesignerText();
  const { set, language, data } = useInspected();
  const fields = objectOf(rule);
  const { Comment } = fields;
  return (
    <>
      {language === "JSONata" ? (
        <ExpressionField
          label={text.fields.Condition}
          member="Condition"
          language={language}
          data={data}
          value={jsonataOf(fields["Condition"]) ?? String(fields["Condition"] ?? "")}
          sort={{ kind: "jsonata", field: `Choices[${index}]/Condition`, expected: "boolean" }}
          onChange={(written) => set(["Choices", index, "Condition"], delimited(written))}
        />
      ) : (
        <FieldFrame label={text.fields.Condition}>
          <ConditionEditor
            condition={conditionOf(rule)}
            onChange={(condition) => set(["Choices", index], withCondition(rule, condition))}
          />
          <RuleVerdict rule={rule} index={index} />
        </FieldFrame>
      )}
      <FieldFrame label={text.fields.Next} member="Next">
        <TargetField end={`choice:${index}`} label={text.fields.Next} />
      </FieldFrame>
      <FieldFrame label={text.fields.Comment} member="Comment">
        <TextInput
          label={text.fields.Comment}
          value={typeof Comment === "string" ? Comment : undefined}
          onChange={(written) => set(["Choices", index, "Comment"], written)}
        />
      </FieldFrame>
      {ruleFields(index, language).map((spec) => (
        <StateField key={spec.code} spec={spec} />
      ))}
    </>
  );
}
