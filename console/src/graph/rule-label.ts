import { arrayOf, jsonataOf, objectOf, plain, textOf } from "./json.ts";

/** What a label may hold beside a line; the whole text is shown on hover. */
const labelLimit = 28;

/** Rules nested deeper than this are written as "…": nobody reads them on a line. */
const nestingLimit = 20;

/** The text of a Choice Rule: its Comment, else its condition in a short readable form. */
export function ruleLabel(rule: unknown): string {
  const { Comment, Condition } = objectOf(rule);
  const comment = textOf(Comment);
  if (comment !== undefined) return comment;
  if (Condition !== undefined) return jsonataOf(Condition) ?? written(Condition);
  return condition(rule, 0).text;
}

/** One line of at most 28 characters, with an ellipsis where it was cut. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const characters = Array.from(line);
  return characters.length <= labelLimit
    ? line
    : `${characters
        .slice(0, labelLimit - 1)
        .join("")
        .trimEnd()}…`;
}

interface ConditionText {
  readonly text: string;
  /** Whether it must stand in parentheses inside another "and" or "or". */
  readonly isCompound: boolean;
}

function condition(rule: unknown, depth: number): ConditionText {
  if (depth > nestingLimit) return simple("…");
  const fields = objectOf(rule);
  if ("And" in fields) return joined(arrayOf(fields["And"]), "and", depth);
  if ("Or" in fields) return joined(arrayOf(fields["Or"]), "or", depth);
  if ("Not" in fields) return simple(`not (${condition(fields["Not"], depth + 1).text})`);
  return simple(comparison(fields));
}

function joined(rules: readonly unknown[], word: "and" | "or", depth: number): ConditionText {
  const parts = rules.map((rule) => condition(rule, depth + 1));
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const texts = parts.map((part) => (part.isCompound ? `(${part.text})` : part.text));
  return { text: texts.join(` ${word} `), isCompound: true };
}

function simple(text: string): ConditionText {
  return { text, isCompound: false };
}

const orderSigns = {
  Equals: "=",
  LessThan: "<",
  LessThanEquals: "<=",
  GreaterThan: ">",
  GreaterThanEquals: ">=",
} as const;

const presenceWords: Readonly<Record<string, string>> = {
  IsPresent: "present",
  IsNull: "null",
  IsString: "a string",
  IsNumeric: "a number",
  IsBoolean: "a boolean",
  IsTimestamp: "a timestamp",
};

const comparisonOperator =
  /^(?:String|Numeric|Boolean|Timestamp)(Equals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)(Path)?$/;

function comparison(fields: Readonly<Record<string, unknown>>): string {
  const {
    Variable,
    Next: _next,
    Comment: _comment,
    Assign: _assign,
    Output: _out,
    ...rest
  } = fields;
  const variable = textOf(Variable) ?? "";
  const [operator, operand] = Object.entries(rest)[0] ?? [];
  if (operator === undefined) return variable;
  const presence = presenceWords[operator];
  if (presence !== undefined) {
    return `${variable} is ${operand === false ? "not " : ""}${presence}`.trim();
  }
  if (operator === "StringMatches") return `${variable} matches ${written(operand)}`.trim();
  const [, order, path] = comparisonOperator.exec(operator) ?? [];
  const sign = order === undefined ? operator : orderSigns[order as keyof typeof orderSigns];
  const right = path !== undefined ? plain(operand) : written(operand);
  return `${variable} ${sign} ${right}`.trim();
}

function written(value: unknown): string {
  return typeof value === "string" ? `'${value}'` : plain(value);
}
