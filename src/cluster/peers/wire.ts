import { Payload } from "../../expression/payload.ts";

/** An object of JSON as it came from another node. */
export type Wire = { readonly [member: string]: unknown };

/**
 * The format of what nodes send each other. It counts up only if a node that knows the one before would take something
 * for what it is not: new members and new methods need no new format, because unknown members are passed over, and an
 * unknown method is refused by itself.
 */
export const wireFormat = 1;

/** What another node sent is nothing that this one knows: a newer version, or a mistake of ours. */
export class NotUnderstood extends Error {
  override readonly name = "NotUnderstood";
}

/** The object that the text is. */
export function parseWire(text: string): Wire {
  let wire: unknown;
  try {
    wire = JSON.parse(text);
  } catch (cause) {
    throw new NotUnderstood("That is no JSON.", { cause });
  }
  if (!isWire(wire)) throw new NotUnderstood("That is no JSON object.");
  const { format } = wire;
  if (typeof format !== "number" || format > wireFormat) {
    throw new NotUnderstood(
      `That is of format ${String(format)}; this node knows the formats up to ${wireFormat}.`,
    );
  }
  return wire;
}

export function objectIn(wire: Wire, member: string): Wire {
  const value = wire[member];
  return isWire(value) ? value : missing(member);
}

export function listIn(wire: Wire, member: string): readonly unknown[] {
  const value = wire[member];
  return Array.isArray(value) ? (value as readonly unknown[]) : missing(member);
}

export function textIn(wire: Wire, member: string): string {
  const value = wire[member];
  return typeof value === "string" ? value : missing(member);
}

export function numberIn(wire: Wire, member: string): number {
  const value = wire[member];
  return typeof value === "number" ? value : missing(member);
}

/** A document goes as its text, so that it arrives to the letter. */
export function payloadIn(wire: Wire, member: string): Payload {
  return Payload.ofText(textIn(wire, member));
}

/** The members that are there, of those that may be absent. */
export function optionalTexts<N extends string>(
  wire: Wire,
  ...members: readonly N[]
): { readonly [K in N]?: string } {
  const found: { [K in N]?: string } = {};
  for (const member of members) {
    if (wire[member] !== undefined) found[member] = textIn(wire, member);
  }
  return found;
}

export function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function missing(member: string): never {
  throw new NotUnderstood(`The member ${member} is missing, or is not what it should be.`);
}
