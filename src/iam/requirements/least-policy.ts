import { compileGlob, globSource } from "../policy/glob.ts";
import type {
  ConditionDocument,
  PolicyDocument,
  StatementDocument,
} from "../policy/policy-document.ts";
import type { Requirement } from "./requirement.ts";

/**
 * The least policy that allows what is required of one role: the machine's own, or `roleArn`, which tasks take on. `undefined`: it
 * needs none.
 *
 * Statements say of each set of resources what is done to them. The same requirements make the same policy, whatever
 * their order.
 */
export function leastPolicy(
  requirements: readonly Requirement[],
  roleArn?: string,
): PolicyDocument | undefined {
  const own = requirements.filter((requirement) => requirement.roleArn === roleArn);
  const grants = withoutCovered(distinctGrants(own));
  if (grants.length === 0) return undefined;
  const byTarget = groups(grants, ({ resource, condition }) =>
    JSON.stringify([resource, condition]),
  );
  const targets = byTarget.map((group) => ({ ...group[0], actions: sorted(group, "action") }));
  const byActions = groups(targets, ({ actions, condition }) =>
    JSON.stringify([actions, condition]),
  );
  return {
    Version: "2012-10-17",
    Statement: byActions
      .map((group) => statementOf(group[0].actions, sorted(group, "resource"), group[0].condition))
      .toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b))),
  };
}

interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly condition: ConditionDocument | undefined;
}

type Group<T> = readonly [T, ...T[]];

function groups<T>(items: readonly T[], key: (item: T) => string): readonly Group<T>[] {
  const found = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = found.get(key(item));
    if (group === undefined) found.set(key(item), [item]);
    else group.push(item);
  }
  return [...found.values()];
}

function distinctGrants(requirements: readonly Requirement[]): readonly Grant[] {
  const grants = requirements.map(({ action, resource, conditions }) => ({
    action,
    resource,
    condition: conditions && conditionOf(conditions),
  }));
  return groups(grants, (grant) => JSON.stringify(grant)).map(([grant]) => grant);
}

/** *Documented*: how HTTP Tasks are restricted. A star of the value is one: nobody knows more about it. */
function conditionOf(conditions: NonNullable<Requirement["conditions"]>): ConditionDocument {
  const entries = Object.entries(conditions).toSorted(([a], [b]) => compare(a, b));
  return { StringEquals: Object.fromEntries(entries) };
}

/** Without what another grant of the same action allows, too. */
function withoutCovered(grants: readonly Grant[]): readonly Grant[] {
  return grants.filter((grant) => !grants.some((other) => other !== grant && covers(other, grant)));
}

function covers(other: Grant, { action, resource, condition }: Grant): boolean {
  if (other.action !== action) return false;
  if (other.condition !== undefined) return false;
  if (other.resource === resource) return condition !== undefined;
  return compileGlob(globSource(other.resource))(resource);
}

function sorted<K extends string>(
  items: readonly { readonly [N in K]: string }[],
  name: K,
): readonly string[] {
  return items.map((item) => item[name]).toSorted(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function statementOf(
  actions: readonly string[],
  resources: readonly string[],
  condition: ConditionDocument | undefined,
): StatementDocument {
  const one = (texts: readonly string[]) => (texts.length === 1 ? (texts[0] as string) : texts);
  return {
    Effect: "Allow",
    Action: one(actions),
    Resource: one(resources),
    ...(condition && { Condition: condition }),
  };
}
