import type { FormStructure, FormValue } from "../../iam/operations/members.ts";

/** Our choices. An operation with fifty tags has a hundred parameters. */
const mostParameters = 1_000;
const mostParts = 10;

/** A body cannot be read as the AWS query protocol has it; the message says why. */
export class MalformedForm extends Error {
  override readonly name = "MalformedForm";
}

/**
 * The parameters of a form as a tree: `Tags.member.1.Key=team` is the `Key` of the first of `Tags`. *Documented*: AWS query protocol.
 * Throws a {@link MalformedForm}.
 */
export function parseForm(body: string): FormStructure {
  const root = emptyNode();
  let count = 0;
  for (const [name, value] of new URLSearchParams(body)) {
    if (++count > mostParameters) {
      throw new MalformedForm(`A request may have at most ${mostParameters} parameters`);
    }
    put(root, name, value);
  }
  return Object.fromEntries([...root.members].map(([name, node]) => [name, valueOf(node, name)]));
}

interface Node {
  readonly members: Map<string, Node>;
  value: string | undefined;
}

function emptyNode(): Node {
  return { members: new Map(), value: undefined };
}

function put(root: Node, name: string, value: string): void {
  const parts = name.split(".");
  if (parts.length > mostParts || parts.some((part) => !/^\w{1,128}$/.test(part))) {
    throw new MalformedForm(`The parameter '${name.slice(0, 256)}' is not of the query protocol`);
  }
  let node = root;
  for (const part of parts) {
    const next = node.members.get(part) ?? emptyNode();
    node.members.set(part, next);
    node = next;
  }
  if (node.value !== undefined) throw new MalformedForm(`The parameter '${name}' is there twice`);
  node.value = value;
}

function valueOf({ members, value }: Node, name: string): FormValue {
  if (members.size === 0) return value ?? "";
  // An empty list is a parameter without a value; then it has no members.
  if (value !== undefined && value !== "") {
    throw new MalformedForm(`The parameter '${name}' has a value and members`);
  }
  const list = members.get("member");
  if (list !== undefined && members.size === 1 && list.value === undefined) {
    return listOf(list, name);
  }
  return Object.fromEntries([...members].map(([part, node]) => [part, valueOf(node, part)]));
}

/** The members in the order of their numbers, which may have gaps. */
function listOf({ members }: Node, name: string): readonly FormValue[] {
  const numbered = [...members].map(([part, node]) => {
    if (!/^[1-9]\d{0,5}$/.test(part)) {
      throw new MalformedForm(`The members of '${name}' are not numbered from 1`);
    }
    return [Number(part), node] as const;
  });
  return numbered
    .sort(([left], [right]) => left - right)
    .map(([number, node]) => valueOf(node, `${name}.member.${number}`));
}
