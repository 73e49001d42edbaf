import { mustBePrefaced } from "./parse-condition.ts";
import type { ParseContext } from "./parse-context.ts";
import { MalformedPolicy } from "./policy-problem.ts";
import { compileText, type PolicyText } from "./policy-text.ts";

/** One text of `Action` or `NotAction`: `states:Start*`. Its test is given actions in lower case. */
export function parseAction(text: string, { kind }: ParseContext): PolicyText {
  checkAction(text);
  // Observed: the trust policy of a role can only say who may assume it.
  if (kind === "trust" && !/^sts:/i.test(text)) {
    throw new MalformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.");
  }
  return compileText(text.toLowerCase(), { hasWildcards: true });
}

/** *Observed*: the rules and their words. */
function checkAction(text: string): void {
  if (text === "*") return;
  const [vendor = "", name, ...more] = text.split(":");
  if (name === undefined) throw new MalformedPolicy(mustBePrefaced);
  if (more.length > 0) throw new MalformedPolicy("Actions/Condition can contain only one colon.");
  if (vendor !== "*" && !/^[a-zA-Z0-9.-]+$/.test(vendor)) {
    throw new MalformedPolicy(`Vendor ${vendor} is not valid`);
  }
}
