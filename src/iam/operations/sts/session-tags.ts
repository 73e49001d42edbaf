import type { Caller } from "../../../ports/caller.ts";
import type { Tags } from "../../directory/records.ts";
import { IamError } from "../iam-error.ts";

/** The tags that a session comes to, and those of them that go on. */
export interface SessionTags {
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[];
}

/** *Documented*: the transitive tags of the session that calls; of a user, and of a role itself, none goes on. */
export function inheritedTags({ principal }: Caller): Tags {
  if (principal.type !== "assumedRole") return {};
  const { sessionTags = {}, transitiveTagKeys = [] } = principal;
  const goOn = lowered(transitiveTagKeys);
  return Object.fromEntries(
    Object.entries(sessionTags).filter(([key]) => goOn.has(key.toLowerCase())),
  );
}

/** *Documented*: an inherited tag stays what it is and goes on further, and only a tag that is passed can begin to. */
export function sessionTags(passed: SessionTags, caller: Caller): SessionTags {
  const inherited = inheritedTags(caller);
  const keys = Object.keys(inherited);
  const given = lowered(Object.keys(passed.tags));
  if (keys.some((key) => given.has(key.toLowerCase()))) {
    // *Observed*.
    throw new IamError(
      "InvalidParameterValue",
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  if (passed.transitiveTagKeys.some((key) => !given.has(key.toLowerCase()))) {
    // *Observed*.
    throw new IamError(
      "InvalidParameterValue",
      "The specified transitive tag key must be included in the requested tags.",
    );
  }
  return {
    tags: { ...inherited, ...passed.tags },
    transitiveTagKeys: [...keys, ...passed.transitiveTagKeys],
  };
}

/** Keys of tags are compared without regard to case. */
function lowered(keys: readonly string[]): ReadonlySet<string> {
  return new Set(keys.map((key) => key.toLowerCase()));
}
