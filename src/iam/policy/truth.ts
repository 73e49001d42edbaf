/**
 * Whether something holds, or that it cannot be said: an operator that is not known, a value that is no number, a variable
 * without a value. What cannot be said makes an Allow not match and a Deny match.
 */
export type Truth = boolean | "unknown";

export function not(truth: Truth): Truth {
  return truth === "unknown" ? truth : !truth;
}

/** False if any is, else unknown if any is. */
export function allOf<T>(items: readonly T[], judge: (item: T) => Truth): Truth {
  let all: Truth = true;
  for (const item of items) {
    const truth = judge(item);
    if (truth === false) return false;
    if (truth === "unknown") all = truth;
  }
  return all;
}

/** True if any is, else unknown if any is. */
export function anyOf<T>(items: readonly T[], judge: (item: T) => Truth): Truth {
  let any: Truth = false;
  for (const item of items) {
    const truth = judge(item);
    if (truth === true) return true;
    if (truth === "unknown") any = truth;
  }
  return any;
}
