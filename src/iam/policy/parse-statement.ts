import type { Condition } from "./conditions/compile-condition.ts";
import { parseAction } from "./parse-action.ts";
import { parseConditions } from "./parse-condition.ts";
import type { ParseContext, PolicyKind } from "./parse-context.ts";
import { parseResource } from "./parse-resource.ts";
import { type PlacedJson, type PlacedMembers, syntaxErrors } from "./placed-json.ts";
import { MalformedPolicy, placedAt } from "./policy-problem.ts";
import type { PolicyText } from "./policy-text.ts";
import { parsePrincipal, trustedBy } from "./principal-element.ts";
import type { PolicyQuestion, Statement } from "./question.ts";
import { textsOf } from "./texts.ts";
import { allOf, anyOf, not, type Truth } from "./truth.ts";

export interface ParsedStatement {
  readonly statement: Statement;
  readonly conditionKeys: readonly string[];
}

/** Fields of a statement, and whether its policy is one that says who may, or what somebody may. */
const ofAll = ["Sid", "Effect", "Action", "NotAction", "Condition"];
const principals = ["Principal", "NotPrincipal"];
const resources = ["Resource", "NotResource"];

/** *Documented*: a trust policy says of a role who may be it, and an identity's policy of nobody else; that of a resource says both. */
const fieldsOf: { readonly [K in PolicyKind]: readonly string[] } = {
  trust: principals,
  resource: [...principals, ...resources],
  identity: resources,
  boundary: resources,
  session: resources,
};

export function parseStatement(element: PlacedJson, context: ParseContext): ParsedStatement {
  if (element.type !== "object") throw new MalformedPolicy(syntaxErrors, element.at);
  const { members, at } = element;
  checkFields(members, context);
  const sid = sidOf(members, context);
  const effect = effectOf(members, at);
  const fields = fieldsOf[context.kind];
  const trusts = fields.includes("Principal") ? trustOf(members, at, effect) : undefined;
  const actions = eitherOf(members, "Action", at, (text) => parseAction(text, context));
  const named = fields.includes("Resource")
    ? eitherOf(members, "Resource", at, (text) => parseResource(text, context))
    : undefined;
  const conditions = parseConditions(members.get("Condition"), context);
  return {
    statement: {
      ...(sid !== undefined && { sid }),
      effect,
      ...(trusts && { trusts }),
      speaksOf: testOf(actions, named, conditions),
    },
    conditionKeys: [
      ...(named?.texts.flatMap(({ variables }) => variables) ?? []),
      ...conditions.flatMap(({ keys }) => keys),
    ],
  };
}

/** `Action`, or everything but `NotAction`. */
interface Choice {
  readonly texts: readonly PolicyText[];
  readonly isNegated: boolean;
}

function testOf(
  actions: Choice,
  named: Choice | undefined,
  conditions: readonly Condition[],
): Statement["speaksOf"] {
  return (question) => {
    const isAction = chooses(actions, question.action, question);
    if (isAction === false) return false;
    const isResource = named === undefined || chooses(named, question.resource, question);
    if (isResource === false) return false;
    const holds = allOf(conditions, (condition) => condition.holds(question.context));
    if (holds === false) return false;
    return isAction === true && isResource === true ? holds : "unknown";
  };
}

function chooses({ texts, isNegated }: Choice, given: string, { context }: PolicyQuestion): Truth {
  const isOne = anyOf(texts, (text) => text.matches(given, context));
  return isNegated ? not(isOne) : isOne;
}

/** *Observed*: the words. */
function checkFields(members: PlacedMembers, { kind }: ParseContext): void {
  const own = fieldsOf[kind];
  const others = [...principals, ...resources].filter((name) => !own.includes(name));
  for (const [name, { at }] of members) {
    if (others.includes(name)) throw new MalformedPolicy(`Has prohibited field ${name}`, at);
    if (!ofAll.includes(name) && !own.includes(name)) {
      throw new MalformedPolicy(`Unknown field ${name}`, at);
    }
  }
  for (const name of ["Action", "Resource", "Principal"]) {
    const second = members.get(`Not${name}`);
    if (members.has(name) && second !== undefined) {
      throw new MalformedPolicy(`Statement/policy already has instance of ${name}`, second.at);
    }
  }
}

function sidOf(members: PlacedMembers, { kind }: ParseContext): string | undefined {
  const element = members.get("Sid");
  if (element === undefined) return undefined;
  // Documented: letters and digits; of a function's and a bus's policy others, too. Observed: none at all is taken, too.
  const isTaken = kind === "resource" ? /^[\w -]*$/ : /^[a-zA-Z0-9]*$/;
  if (element.type !== "string" || !isTaken.test(element.text)) {
    throw new MalformedPolicy(
      `Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*`,
      element.at,
    );
  }
  return element.text === "" ? undefined : element.text;
}

function effectOf(members: PlacedMembers, at: number): Statement["effect"] {
  const element = members.get("Effect");
  if (element === undefined) throw new MalformedPolicy("Missing required field Effect", at);
  if (element.type !== "string") throw new MalformedPolicy(syntaxErrors, element.at);
  const { text } = element;
  if (text !== "Allow" && text !== "Deny") {
    throw new MalformedPolicy(`Invalid effect: ${text}`, element.at);
  }
  return text;
}

function trustOf(
  members: PlacedMembers,
  at: number,
  effect: Statement["effect"],
): Statement["trusts"] {
  const negated = members.get("NotPrincipal");
  // Documented: everybody else would be let in, anonymous callers too.
  if (negated !== undefined && effect === "Allow") {
    throw new MalformedPolicy("Allow with NotPrincipal is not allowed.", negated.at);
  }
  const element = members.get("Principal") ?? negated;
  if (element === undefined) throw new MalformedPolicy("Missing required field Principal", at);
  const named = parsePrincipal(element, negated !== undefined);
  return (principal) => trustedBy(named, principal);
}

/** *Observed*: the words for what is missing. */
const missing = {
  Action: "Policy statement must contain actions.",
  Resource: "Policy statement must contain resources.",
};

function eitherOf(
  members: PlacedMembers,
  name: keyof typeof missing,
  at: number,
  parse: (text: string) => PolicyText,
): Choice {
  const negated = members.get(`Not${name}`);
  const element = members.get(name) ?? negated;
  const texts = element === undefined ? [] : textsOf(element);
  if (texts.length === 0) throw new MalformedPolicy(missing[name], element?.at ?? at);
  return {
    texts: texts.map((text) => placedAt(text.at, () => parse(text.text))),
    isNegated: negated !== undefined,
  };
}
