import { parsePolicy, policySize } from "../policy/parse-policy.ts";
import { IamError, iamErrors } from "./iam-error.ts";

/** Refuses a policy that IAM would refuse, in its words. */
export function checkDocument(text: string, kind: "identity" | "trust" | "session"): void {
  const parsed = parsePolicy(text, kind);
  if ("problem" in parsed) throw new IamError(parsed.code, parsed.problem);
}

/** Refuses what is not the document of a managed policy, which may be smaller than others. */
export function checkManaged(text: string, largest: number): void {
  checkDocument(text, "identity");
  if (policySize(text) > largest) throw iamErrors.quota("PolicySize", largest);
}
