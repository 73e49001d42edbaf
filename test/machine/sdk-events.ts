import * as sdk from "@aws-sdk/client-sfn";
import { expect } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { historyEvent, isPublic } from "../../src/machine/journal/history.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";

/** A structure of the SDK's model: its members' names are at 4, their types at 5. */
type Structure = readonly [number, string, string, unknown, readonly string[], readonly unknown[]];

/** The members of a structure: name → the structure that it holds, if it holds one. */
function membersOf(structure: Structure): Map<string, Structure | undefined> {
  return new Map(structure[4].map((name, index) => [name, structureOf(structure[5][index])]));
}

/** A reference to a structure is a function that gives it, alone or first in a list with its traits. */
function structureOf(type: unknown): Structure | undefined {
  const reference: unknown = Array.isArray(type) ? type[0] : type;
  if (typeof reference !== "function") return undefined;
  const referred = (reference as () => unknown)();
  return Array.isArray(referred) && referred[0] === 3
    ? (referred as unknown as Structure)
    : undefined;
}

const eventMembers = membersOf(sdk.HistoryEvent$ as unknown as Structure);

/** Every event type that the SDK knows. */
export const sdkEventTypes: readonly string[] = Object.values(sdk.HistoryEventType);

/** Every `…EventDetails` member of an event that the SDK knows. */
export const sdkDetailsMembers: readonly string[] = [...eventMembers.keys()].filter((name) =>
  name.endsWith("EventDetails"),
);

/** Every public event has a type that the SDK knows, and no members but those of the SDK's model. */
export function expectSdkEvents(journal: readonly JournalEvent[]): void {
  for (const event of journal.filter(isPublic)) {
    expect(sdkEventTypes).toContain(event.type);
    const shown = historyEvent(event, true);
    for (const [name, details] of Object.entries(shown)) {
      expect([...eventMembers.keys()], event.type).toContain(name);
      const structure = eventMembers.get(name);
      if (structure === undefined) continue;
      expect([...membersOf(structure).keys()], event.type).toEqual(
        expect.arrayContaining(Object.keys(details as JsonObject)),
      );
    }
  }
}
