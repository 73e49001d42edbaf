import type { Decision } from "../../ports/authorizer.ts";
import type { NamedPolicy, PolicySet } from "../policy/question.ts";

/** What decisions of some policies depend on, beside the action and the resource that are asked about. */
export interface Dependence {
  /** Tags of the resource. */
  readonly onTags: boolean;
  /** The decisions until now, if they depend on nothing else. */
  readonly decisions?: Remembered<Decision>;
}

/**
 * By the sets that a view of the directory keeps: each change of the directory makes another view, and with it what was decided
 * is gone.
 */
const known = new WeakMap<PolicySet, Dependence>();

export function dependenceOf(policies: PolicySet): Dependence {
  const found = known.get(policies);
  if (found !== undefined) return found;
  const { identity, boundary, session = [] } = policies;
  const all = [...identity, ...(boundary === undefined ? [] : [boundary]), ...session];
  const keys = all.flatMap(({ policy }) => [...policy.conditionKeys]);
  const dependence = {
    onTags: keys.some((key) => key.startsWith("aws:resourcetag/")),
    ...(keys.length === 0 && { decisions: new Remembered<Decision>() }),
  };
  known.set(policies, dependence);
  return dependence;
}

const ofSource = new Set(["aws:sourcearn", "aws:sourceaccount"]);

/** Whether a trust policy asks of a service for nothing but what it acts for. */
export function dependsOnSourceOnly({ policy }: NamedPolicy): boolean {
  return [...policy.conditionKeys].every((key) => ofSource.has(key));
}

/** *Our choice*: what is asked again and again, such as about the functions of one role. All is forgotten when it is full. */
const most = 2_000;

export class Remembered<T> {
  readonly #values = new Map<string, T>();

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  keep(key: string, value: T): T {
    if (this.#values.size >= most) this.#values.clear();
    this.#values.set(key, value);
    return value;
  }
}
