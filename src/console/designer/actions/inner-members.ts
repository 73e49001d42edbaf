import type { ActionMember } from "../../view-types.ts";

/**
 * The members of an optimized integration with what the AWS SDK's model knows of those within them. The integration's own
 * description counts where both say something.
 */
export function withInnerMembers(
  described: readonly ActionMember[] | undefined,
  model: readonly ActionMember[],
): readonly ActionMember[] {
  if (described === undefined) return model;
  return described.map((member) => {
    const { members, item } = model.find(({ name }) => name === member.name) ?? {};
    if (member.type !== "object" && member.type !== "list") return member;
    return { ...member, ...(members && { members }), ...(item && { item }) };
  });
}
