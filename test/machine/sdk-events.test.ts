import { expect, test } from "vitest";
import { detailsMember } from "../../src/machine/journal/history.ts";
import type { JournalEventType } from "../../src/machine/journal/journal-event.ts";
import { sdkDetailsMembers, sdkEventTypes } from "./sdk-events.ts";

test("the service has 62 types of events", () => {
  expect(sdkEventTypes).toHaveLength(62);
});

test("the details of every type are the member that the SDK has for it, or none", () => {
  const named = sdkEventTypes.map((type) => detailsMember(type as JournalEventType));
  for (const member of named) if (member !== undefined) expect(sdkDetailsMembers).toContain(member);
  expect(new Set(named.filter((member) => member !== undefined))).toEqual(
    new Set(sdkDetailsMembers),
  );
});
