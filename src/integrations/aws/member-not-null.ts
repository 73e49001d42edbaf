import type { SdkRefusal } from "./sdk-error.ts";

/**
 * What AWS's JSON services answer where required members are null; `members` as their APIs name them. *Observed* for
 * DynamoDB. Clients drop nulls, and stand-ins word it differently, so it is not asked for.
 */
export function memberNotNull(members: readonly string[]): Pick<SdkRefusal, "message" | "code"> {
  const problems = members.map(
    (name) =>
      `Value null at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
  const count =
    problems.length === 1
      ? "1 validation error detected"
      : `${problems.length} validation errors detected`;
  return { message: `${count}: ${problems.join("; ")}`, code: "ValidationException" };
}
