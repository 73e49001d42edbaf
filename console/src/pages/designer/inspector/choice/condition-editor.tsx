import { Plus, SquareFunction, Trash2 } from "lucide-react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button, IconButton } from "../../../../parts/button.tsx";
import { CodeInput } from "../../expressions/code-input.tsx";
import { useCandidateWords } from "../../expressions/candidate-words.ts";
import { completing } from "../../expressions/expression-extensions.ts";
import { useDraft } from "../../expressions/use-draft.ts";
import { useLatest } from "../../expressions/use-latest.ts";
import { BooleanInput, ChoiceInput, NumberInput, TextInput } from "../fields/literal-input.tsx";
import { useInspected } from "../inspected.ts";
import {
  grouped,
  newCondition,
  operators,
  withOperator,
  withPath,
  type Condition,
} from "./conditions.ts";

interface ConditionProps<C extends Condition = Condition> {
  readonly condition: C;
  readonly onChange: (condition: Condition) => void;
  /** Absent: it is the whole condition. */
  readonly onRemove?: (() => void) | undefined;
  readonly depth?: number;
}

/** Our choice: what is deeper is edited as JSON. */
const deepest = 8;

/** A condition of a JSONPath rule: a comparison, or what joins others. */
export function ConditionEditor(props: ConditionProps) {
  const { condition, depth = 0 } = props;
  const { inspector: text } = useDesignerText();
  if (depth > deepest) return <p className="text-xs text-dim">{text.tooDeep}</p>;
  if (condition.kind === "comparison") return <Comparison {...props} condition={condition} />;
  return <Group {...props} condition={condition} />;
}

/** What it is within, or whether it is one comparison. */
function KindChoice({ condition, onChange, onRemove }: ConditionProps) {
  const { inspector: text } = useDesignerText();
  const change = (kind: string | undefined) => {
    if (kind === "And" || kind === "Or" || kind === "Not") onChange(grouped(condition, kind));
    else onChange(firstComparison(condition));
  };
  return (
    <div className="flex items-center gap-1">
      <div className="grow">
        <ChoiceInput
          label={text.conditionKind}
          value={condition.kind}
          onChange={change}
          options={["comparison", "And", "Or", "Not"]}
          names={text.conditionKinds}
        />
      </div>
      {onRemove !== undefined && (
        <IconButton label={text.removeCondition} onPress={onRemove}>
          <Trash2 aria-hidden size={13} />
        </IconButton>
      )}
    </div>
  );
}

function firstComparison(condition: Condition): Condition {
  if (condition.kind === "comparison") return condition;
  if (condition.kind === "Not") return condition.condition;
  return condition.conditions[0] ?? newCondition;
}

function Group(props: ConditionProps<Exclude<Condition, { readonly kind: "comparison" }>>) {
  const { condition, onChange, depth = 0 } = props;
  const { inspector: text } = useDesignerText();
  return (
    <div className="rounded-md border border-line p-2">
      <KindChoice {...props} />
      <div className="mt-2 flex flex-col gap-2 border-l-2 border-accent-soft pl-2">
        {condition.kind === "Not" ? (
          <ConditionEditor
            condition={condition.condition}
            depth={depth + 1}
            onChange={(inner) => onChange({ kind: "Not", condition: inner })}
          />
        ) : (
          <>
            {condition.conditions.map((each, index) => (
              <ConditionEditor
                key={index}
                condition={each}
                depth={depth + 1}
                onChange={(inner) =>
                  onChange({ ...condition, conditions: condition.conditions.with(index, inner) })
                }
                onRemove={
                  condition.conditions.length > 1
                    ? () =>
                        onChange({
                          ...condition,
                          conditions: condition.conditions.toSpliced(index, 1),
                        })
                    : undefined
                }
              />
            ))}
            <Button
              look="quiet"
              className="h-7! self-start px-2! text-xs!"
              onPress={() =>
                onChange({ ...condition, conditions: [...condition.conditions, newCondition] })
              }
            >
              <Plus aria-hidden size={13} />
              {text.addCondition}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Comparison(props: ConditionProps<Extract<Condition, { readonly kind: "comparison" }>>) {
  const { condition, onChange } = props;
  const { inspector: text } = useDesignerText();
  const { operator, operand, isPath, variable } = condition;
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line p-2">
      <KindChoice {...props} />
      <PathInput
        label={text.variable}
        value={variable}
        onChange={(written) => onChange({ ...condition, variable: written })}
      />
      <ChoiceInput
        label={text.operator}
        value={operator?.name}
        onChange={(name) => onChange(withOperator(condition, name ?? ""))}
        options={operators.map(({ name }) => name)}
        names={text.operators}
      />
      {operator !== undefined && (
        <div className="flex items-start gap-1">
          <div className="min-w-0 grow">
            {isPath ? (
              <PathInput
                label={text.operandPath}
                value={typeof operand === "string" ? operand : ""}
                onChange={(written) => onChange({ ...condition, operand: written })}
              />
            ) : operator.comparand === "number" ? (
              <NumberInput
                label={text.operand}
                value={typeof operand === "number" ? operand : undefined}
                onChange={(value) =>
                  value !== undefined && onChange({ ...condition, operand: value })
                }
              />
            ) : operator.comparand === "boolean" ? (
              <BooleanInput
                label={text.operand}
                value={operand === true}
                onChange={(value) => onChange({ ...condition, operand: value === true })}
              />
            ) : (
              <TextInput
                label={text.operand}
                value={typeof operand === "string" ? operand : ""}
                isEmptyKept
                onChange={(value) => onChange({ ...condition, operand: value ?? "" })}
              />
            )}
          </div>
          {operator.hasPath && (
            <IconButton
              label={isPath ? text.asValue(text.operand) : text.asExpression(text.operand)}
              aria-pressed={isPath}
              onPress={() => onChange(withPath(condition, !isPath))}
              className={isPath ? "bg-accent-soft text-accent!" : ""}
            >
              <SquareFunction aria-hidden size={14} />
            </IconButton>
          )}
        </div>
      )}
    </div>
  );
}

/** A JSONPath without a frame of its own. */
function PathInput({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { data } = useInspected();
  const words = useCandidateWords();
  const now = useLatest({ data, words });
  const { text, change, flush } = useDraft(value, (typed) => onChange(typed.trim()));
  return (
    <CodeInput
      label={label}
      text={text}
      onChange={change}
      onFlush={flush}
      isOneLine
      extensions={() =>
        completing(
          (written, cursor) => ({
            from: 0,
            question: {
              language: "jsonpath",
              text: written,
              cursor,
              data: now.current.data ?? {},
            },
          }),
          (candidate) => now.current.words(candidate),
        )
      }
    />
  );
}
