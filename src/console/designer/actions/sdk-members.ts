import type { SdkShape } from "../../../integrations/aws/sdk-shape.ts";
import type { ActionMember, MemberType } from "../../view-types.ts";
import { requiredFirst } from "./catalogue.ts";
import { pickedOf } from "./picked-members.ts";

/** Our choices: how deep members of members are told, and how many of one action; a view stays below 60 KB. */
const deepest = 5;
const mostMembers = 600;
/** Our choice: as many values of an enumeration take the room of one member. */
const valuesForMember = 5;

export interface SdkMemberNames {
  /** As SDK integrations name it. */
  readonly service: string;
  /** The name that a task knows a member by. */
  readonly memberName: (name: string) => string;
}

/** The members of a structure as a task writes them; nothing if it is none. */
export function sdkMembers(shape: SdkShape, names: SdkMemberNames): readonly ActionMember[] {
  return new MemberTelling(names).membersOf(shape, 0) ?? [];
}

type MemberValue = Pick<ActionMember, "type" | "options" | "members" | "item">;

/**
 * The members as the client knows them, with the values of enumerations that the model says: clients have none. A member that only one of
 * them knows is as the client says.
 */
export function withOptions(
  members: readonly ActionMember[],
  model: readonly ActionMember[],
): readonly ActionMember[] {
  const known = new Map(model.map((member) => [member.name, member]));
  return members.map((member) => ({ ...member, ...optionsOf(member, known.get(member.name)) }));
}

function optionsOf(value: MemberValue, known: MemberValue | undefined): Partial<MemberValue> {
  if (known === undefined) return {};
  const { members, item } = value;
  return {
    ...(known.options && value.type === "text" && { options: known.options }),
    ...(members && known.members && { members: withOptions(members, known.members) }),
    ...(item && { item: { ...item, ...optionsOf(item, known.item) } }),
  };
}

/** One shape within the next: what a shape contains again ends where it is too deep. */
class MemberTelling {
  readonly #names: SdkMemberNames;
  #told = 0;

  constructor(names: SdkMemberNames) {
    this.#names = names;
  }

  membersOf(shape: SdkShape, depth: number): readonly ActionMember[] | undefined {
    if (shape.type !== "structure" || depth >= deepest) return undefined;
    this.#told += shape.members.size;
    // Those of the action itself are told always.
    if (depth > 0 && this.#told > mostMembers) return undefined;
    const { service, memberName } = this.#names;
    return requiredFirst(
      [...shape.members].map(([apiName, member]) => {
        const name = memberName(apiName);
        return {
          name,
          ...this.#valueOf(member(), depth),
          isRequired: shape.required.includes(apiName),
          ...pickedOf(service, name),
        };
      }),
    );
  }

  #valueOf(shape: SdkShape, depth: number): MemberValue {
    const type = types[shape.type];
    if (shape.type === "text") {
      const { options = [] } = shape;
      this.#told += Math.floor(options.length / valuesForMember);
      const isTold = options.length > 0 && this.#told <= mostMembers;
      return isTold ? { type, options } : { type };
    }
    if (shape.type === "list" || shape.type === "map") {
      const inner = shape.type === "list" ? shape.item() : shape.value();
      return depth < deepest ? { type, item: this.#valueOf(inner, depth + 1) } : { type };
    }
    const members = this.membersOf(shape, depth + 1);
    return members === undefined ? { type } : { type, members };
  }
}

const types: { readonly [T in SdkShape["type"]]: MemberType } = {
  structure: "object",
  list: "list",
  map: "map",
  text: "text",
  number: "number",
  boolean: "boolean",
  timestamp: "timestamp",
  blob: "blob",
  stream: "blob",
  document: "json",
};
