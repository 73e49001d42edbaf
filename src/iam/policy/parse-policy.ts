import { textPosition } from "../../asl/diagnostics/json-error.ts";
import type { ParseContext, PolicyKind } from "./parse-context.ts";
import { parseStatement } from "./parse-statement.ts";
import {
  type PlacedJson,
  type PlacedMembers,
  readPlacedJson,
  syntaxErrors,
} from "./placed-json.ts";
import { MalformedPolicy, type PolicyProblem } from "./policy-problem.ts";
import type { Policy } from "./question.ts";

/**
 * How many characters a policy may have, blanks not counted. *Documented*: IAM and STS quotas. An identity's may be an inline
 * policy of a role, which may have the most; what a managed policy and all inline policies together may have, the directory
 * knows. That of a resource is Lambda's; a bus and an API may have less, which their services look after.
 */
export const maximumPolicySize: { readonly [K in PolicyKind]: number } = {
  identity: 10_240,
  boundary: 6_144,
  trust: 2_048,
  session: 2_048,
  resource: 20_480,
};

/** *Documented*: CreatePolicy, PolicyDocument: the longest text, with blanks. */
const maximumTextLength = 131_072;

/** A policy's size as IAM counts it. */
export function policySize(text: string): number {
  return text.replaceAll(/[ \t\r\n]+/g, "").length;
}

/** The policy that a JSON text is, or what is wrong with it. */
export function parsePolicy(text: string, kind: PolicyKind): Policy | PolicyProblem {
  if (text.length > maximumTextLength) return tooLong(kind);
  try {
    const policy = readPolicy(text, kind, false);
    return policySize(text) > maximumPolicySize[kind] ? tooLong(kind) : policy;
  } catch (thrown) {
    if (!(thrown instanceof MalformedPolicy)) throw thrown;
    const place = textPosition(text, thrown.offset ?? 0);
    return { code: "MalformedPolicyDocument", problem: thrown.message, ...place };
  }
}

/**
 * The policy of a text that has been taken before, by {@link parsePolicy} or by a newer version of this server.
 *
 * It fails closed: a condition that is not known lets an Allow not match and a Deny match, and a text that is no policy
 * denies everything, since nobody knows what it denied.
 */
export function policyOfRecord(text: string, kind: PolicyKind): Policy {
  try {
    return readPolicy(text, kind, true);
  } catch (thrown) {
    if (!(thrown instanceof MalformedPolicy)) throw thrown;
    return readPolicy(closed[kind], kind, true);
  }
}

const deniesAll = `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`;
const trustsNobody = `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:*"}}`;
const deniesEverybody = `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}`;

const closed: { readonly [K in PolicyKind]: string } = {
  identity: deniesAll,
  boundary: deniesAll,
  session: deniesAll,
  trust: trustsNobody,
  resource: deniesEverybody,
};

function tooLong(kind: PolicyKind): PolicyProblem {
  const quota = kind === "trust" ? "ACLSizePerRole" : "PolicySize";
  const problem = `Cannot exceed quota for ${quota}: ${maximumPolicySize[kind]}`;
  return { code: "LimitExceeded", problem, line: 1, column: 1 };
}

function readPolicy(text: string, kind: PolicyKind, closesOnUnknown: boolean): Policy {
  const document = readPlacedJson(text);
  if (document.type !== "object") throw new MalformedPolicy(syntaxErrors, document.at);
  const { members } = document;
  checkFields(members);
  const hasVariables = versionOf(members) === "2012-10-17";
  const context: ParseContext = { kind, hasVariables, closesOnUnknown };
  const elements = statementsOf(members, document.at);
  const parsed = elements.map((element) => parseStatement(element, context));
  const statements = parsed.map(({ statement }) => statement);
  checkSids(statements, elements);
  return {
    statements,
    conditionKeys: new Set(parsed.flatMap(({ conditionKeys }) => conditionKeys)),
  };
}

function checkFields(members: PlacedMembers): void {
  for (const [name, element] of members) {
    if (!["Version", "Id", "Statement"].includes(name)) {
      throw new MalformedPolicy(`Unknown field ${name}`, element.at);
    }
    if (name === "Id" && element.type !== "string") {
      throw new MalformedPolicy(syntaxErrors, element.at);
    }
  }
}

/** *Documented*: the version where none is named is the old one. */
function versionOf(members: PlacedMembers): "2008-10-17" | "2012-10-17" {
  const element = members.get("Version");
  if (element === undefined) return "2008-10-17";
  const version = element.type === "string" ? element.text : "";
  if (version !== "2008-10-17" && version !== "2012-10-17") {
    const problem = "Policy document must be version 2012-10-17 or greater.";
    throw new MalformedPolicy(problem, element.at);
  }
  return version;
}

function statementsOf(members: PlacedMembers, at: number): readonly PlacedJson[] {
  const element = members.get("Statement");
  if (element === undefined) throw new MalformedPolicy(syntaxErrors, at);
  const elements = element.type === "array" ? element.items : [element];
  if (elements.length === 0) throw new MalformedPolicy(syntaxErrors, element.at);
  return elements;
}

/** *Observed*: the words. */
function checkSids(statements: Policy["statements"], elements: readonly PlacedJson[]): void {
  const seen = new Set<string>();
  for (const [index, { sid }] of statements.entries()) {
    if (sid === undefined) continue;
    const at = elements[index]?.at ?? 0;
    if (seen.has(sid)) {
      throw new MalformedPolicy("Statement IDs (SID) in a single policy must be unique.", at);
    }
    seen.add(sid);
  }
}
