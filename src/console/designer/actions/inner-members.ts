import type { ActionMember } from "../../view-types.ts";

/**
 * The members of an optimized integration with what the AWS SDK's model knows of those within them, and of their values. The integration's
 * own description counts where both say something.
 */
export function withInnerMembers(
  described: readonly ActionMember[] | undefined,
  model: readonly ActionMember[],
): readonly ActionMember[] {
  if (described === undefined) return model;
  return described.map((member) => {
    const { members, item, options } = model.find(({ name }) => name === member.name) ?? {};
    if (member.type === "text" || member.type === "string") {
      return { ...(options && { options }), ...member };
    }
    if (member.type !== "object" && member.type !== "list") return member;
    return { ...member, ...(members && { members }), ...(item && { item }) };
  });
}
