import type { JsonObject, JsonValue } from "../../../expression/json.ts";
import { policyTemplateTable, type TemplateStatement } from "./policy-template-table.ts";

/** What is wrong with a use of a policy template; its words are for whoever throws. */
export type PolicyTemplateProblem =
  | { readonly problem: "unknown" }
  | { readonly problem: "missing"; readonly parameters: readonly string[] };

export function isPolicyTemplate(name: string): boolean {
  return Object.hasOwn(policyTemplateTable, name);
}

/** The policy that a template of SAM makes with parameters. Documented: "AWS SAM policy template list". */
export function policyFromTemplate(
  name: string,
  parameters: JsonObject,
): { readonly document: JsonObject } | PolicyTemplateProblem {
  const statements = isPolicyTemplate(name) ? policyTemplateTable[name] : undefined;
  if (statements === undefined) return { problem: "unknown" };
  const missing = [...new Set(statements.flatMap(parametersOf))].filter(
    (parameter) => !Object.hasOwn(parameters, parameter),
  );
  if (missing.length > 0) return { problem: "missing", parameters: missing };
  return { document: { Statement: statements.map((one) => statement(one, parameters)) } };
}

function statement(written: TemplateStatement, parameters: JsonObject): JsonObject {
  const resources = written.resources.map((arn) => resource(arn, parameters));
  const [only, ...more] = resources;
  return {
    Effect: "Allow",
    Action: actions(written.actions),
    Resource: more.length === 0 ? (only as JsonValue) : resources,
    ...(written.condition && {
      Condition: {
        StringEquals: { [written.condition.key]: resource(written.condition.arn, parameters) },
      },
    }),
  };
}

/** `s3:GetObject ListBucket` are two actions of one service. */
function actions(text: string): readonly string[] {
  const [service, names = ""] = text.split(":", 2);
  return names.split(" ").map((name) => `${service ?? ""}:${name}`);
}

const variable = /\$\{([A-Za-z]+)\}/g;

function resource(arn: string, parameters: JsonObject): JsonValue {
  if (arn === "*") return arn;
  const names = [...arn.matchAll(variable)].map(([, name]) => name as string);
  const text = fullArn(arn);
  if (names.length === 0) return { "Fn::Sub": text };
  const values = Object.fromEntries(names.map((name) => [name, parameters[name] as JsonValue]));
  return { "Fn::Sub": [text, values] };
}

/** `sqs:${QueueName}` is of this account and Region; `s3:::…` says itself of which; `${SecretArn}` is all of it. */
function fullArn(arn: string): string {
  if (arn.startsWith("${")) return arn;
  if (arn.includes(":::")) return `arn:\${AWS::Partition}:${arn}`;
  const colon = arn.indexOf(":");
  return `arn:\${AWS::Partition}:${arn.slice(0, colon)}:\${AWS::Region}:\${AWS::AccountId}${arn.slice(colon)}`;
}

function parametersOf(written: TemplateStatement): readonly string[] {
  const texts = [...written.resources, written.condition?.arn ?? ""];
  return texts.flatMap((text) => [...text.matchAll(variable)].map(([, name]) => name as string));
}
