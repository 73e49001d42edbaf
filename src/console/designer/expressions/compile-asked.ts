import { attempt } from "../../../asl/fields/compile-field.ts";
import { wording } from "../../../asl/diagnostics/wording.ts";
import { parseSingleState, singleStateName } from "../../../asl/parse-single-state.ts";
import { type EvaluationScope, ExpressionSyntaxError } from "../../../expression/evaluation.ts";
import { compileIntrinsic } from "../../../expression/intrinsics/compile-intrinsic.ts";
import { isJsonObject, type JsonValue } from "../../../expression/json.ts";
import { expectType } from "../../../expression/jsonata/expect-type.ts";
import { compileJsonataTemplate } from "../../../expression/jsonata/compile-template.ts";
import { compilePath } from "../../../expression/jsonpath/compile-path.ts";
import { compileReferencePath } from "../../../expression/jsonpath/reference-path.ts";
import { compilePayloadTemplate } from "../../../expression/payload-template.ts";
import { Payload } from "../../../expression/payload.ts";
import { formatTimestamp, parseTimestamp } from "../../../expression/timestamp.ts";
import { variableReferences } from "../../../asl/variables/variable-references.ts";
import { mergeResult } from "../../../machine/data-flow.ts";
import { testChoice } from "../../../machine/states/choice-test.ts";
import type { ExpressionKind } from "../../view-types.ts";
import type { ReadData, ReadField } from "./asked-fields.ts";
import { FieldProblem, syntaxProblem } from "./field-problem.ts";
import { jsonataProblem, templateProblem } from "./syntax-places.ts";

/** A field that can be evaluated. */
export interface CompiledField {
  /** The variables that it reads. */
  readonly variables: readonly string[];
  /** Throws an EvaluationError as at run time, or a {@link FieldProblem} where the data has not what it looks in. */
  evaluate(data: ReadData, scope: EvaluationScope): JsonValue;
}

/** Compiles a field with the functions that compile definitions. Throws a {@link FieldProblem} if it is not of its language. */
export function compileAsked(field: ReadField): CompiledField {
  return compilers[field.kind](field);
}

const compilers: { readonly [K in ExpressionKind]: (field: ReadField) => CompiledField } = {
  jsonpath(field) {
    const path = compiled(textOf(field), compilePath, () => wording.path);
    return {
      variables: listOf(path.variable),
      evaluate: (data, scope) => path.evaluate(documentOf(field, data), scope),
    };
  },
  referencePath(field) {
    const path = compiled(textOf(field), compileReferencePath, referencePathMessage);
    return {
      variables: listOf(path.variable),
      evaluate: (data, scope) => path.evaluate(documentOf(field, data), scope),
    };
  },
  resultPath(field) {
    const path = compiled(textOf(field), compileReferencePath, referencePathMessage);
    if (!/^\$(?:[.[]|$)/.test(path.text)) {
      throw new FieldProblem("syntax", wording.referencePath(wording.resultPathStart));
    }
    return {
      variables: [],
      evaluate: (data) => {
        // A Catcher's puts the error output where a state's puts the result.
        const of = field.of === "errorOutput" ? field.of : "result";
        const result = documentOf({ of }, data);
        return mergeResult(path, Payload.ofValue(data.input), Payload.ofValue(result)).value;
      },
    };
  },
  payloadTemplate(field) {
    const template = attempt(() => compilePayloadTemplate(field.value));
    if (template instanceof ExpressionSyntaxError) {
      throw templateProblem(field.value, field.field) ?? syntaxProblem(template, template.message);
    }
    return {
      variables: [...template.variables],
      evaluate: (data, scope) => template.evaluate(documentOf(field, data), scope),
    };
  },
  intrinsic(field) {
    const call = compiled(textOf(field), compileIntrinsic, () =>
      wording.templateValue(field.field),
    );
    return {
      variables: [...call.variables],
      evaluate: (data, scope) => call.evaluate(documentOf(field, data), scope),
    };
  },
  jsonata(field) {
    const { expected, of } = field;
    const allowed = of === "input" ? [] : [of];
    const template = attempt(() => compileJsonataTemplate(field.value, field.field, { allowed }));
    if (template instanceof ExpressionSyntaxError) {
      throw (
        jsonataProblem(field.value, field.field, allowed) ??
        syntaxProblem(template, template.message)
      );
    }
    return {
      variables: [...template.variables],
      evaluate({ input, ...data }, scope) {
        const own = of === "input" ? undefined : data[of];
        const states = { input, ...(own !== undefined && { [of]: own }) };
        const value = template.evaluate(states, scope);
        return expected === undefined || template.isConstant
          ? value
          : expectType(template, field.field, expected, value);
      },
    };
  },
  choiceRule(field) {
    const { value } = field;
    if (!isJsonObject(value)) throw new FieldProblem("syntax", wording.type("Object"));
    // Where the rule leads and what it assigns is not asked; the former may be missing yet.
    const { Assign: _, ...tested } = value;
    const rule = { ...tested, Next: singleStateName };
    const state = parsedState({ Type: "Choice", Choices: [rule] }, "Choices[0]", field);
    const [read] = state.Type === "Choice" ? state.Choices : [];
    if (read?.kind !== "jsonpath") throw new FieldProblem("syntax", wording.type("Object"));
    const { Name } = state;
    const alone = {
      QueryLanguage: "JSONPath",
      StartAt: Name,
      States: new Map([[Name, state]]),
    } as const;
    return {
      variables: variableReferences(alone)[Name] ?? [],
      evaluate: (data, scope) => testChoice(read.test, documentOf(field, data), scope),
    };
  },
  timestamp(field) {
    const text = textOf(field);
    const time = parseTimestamp(text);
    if (time === undefined) throw new FieldProblem("syntax", wording.timestamp);
    return { variables: [], evaluate: () => formatTimestamp(Math.ceil(time)) };
  },
};

/** The document that the field looks in. */
function documentOf({ of }: Pick<ReadField, "of">, data: ReadData): JsonValue {
  const document = data[of];
  if (document === undefined) throw new FieldProblem("noData", of);
  return document;
}

function textOf({ value }: ReadField): string {
  if (typeof value !== "string") throw new FieldProblem("syntax", wording.type("String"));
  return value;
}

/** The compiled text; `message` words what the service says if there is none, `detail` is then the parser's reason. */
function compiled<T>(
  text: string,
  compile: (text: string) => T,
  message: (reason: string) => string,
): T {
  const result = attempt(() => compile(text));
  if (!(result instanceof ExpressionSyntaxError)) return result;
  throw syntaxProblem(result, message(text.startsWith("$") ? result.message : wording.pathStart));
}

/** The compiler says that it is none, and then why; the sentence here begins with the former. */
function referencePathMessage(reason: string): string {
  return wording.referencePath(reason.replace(/^'.*' is not a reference path: /s, ""));
}

/** A state with the field at `location`; the first that is wrong with it is the field's problem. */
function parsedState(state: object, location: string, { field }: ReadField) {
  const parsed = parseSingleState(JSON.stringify(state));
  if (parsed.state !== undefined) return parsed.state;
  const [first] = parsed.diagnostics.filter(({ severity }) => severity === "ERROR");
  const place = first?.location?.replace(`/States/${singleStateName}/${location}`, field);
  throw new FieldProblem("syntax", first?.message ?? wording.type("Object"), {
    ...(place !== undefined && { location: place }),
  });
}

function listOf(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}
