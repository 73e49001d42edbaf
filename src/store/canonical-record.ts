import type { DumpKind, DumpRecords } from "../ports/store-dump.ts";

type AnyRecord = DumpRecords[DumpKind];

/**
 * A record as a text that is the same from every store: JSON without spaces, the members of objects in the order of
 * their names, without those that are undefined or as good as absent.
 */
export function canonicalRecord<K extends DumpKind>(kind: K, record: DumpRecords[K]): string {
  if (kind === "journal") {
    const { executionArn, firstEventId, lastEventId, data } = record as DumpRecords["journal"];
    return JSON.stringify([executionArn, firstEventId, lastEventId, data]);
  }
  if (kind === "execution") {
    const { record: row, parked } = record as DumpRecords["execution"];
    const { redriveCount = 0, ...others } = row;
    const counted = redriveCount === 0 ? others : row;
    return sortedJson({ record: counted, ...(parked && { parked }) });
  }
  return sortedJson(record);
}

/** What a record is called in a message. */
export function recordName<K extends DumpKind>(kind: K, record: DumpRecords[K]): string {
  const named: AnyRecord = record;
  if (kind === "secret") return "the secret";
  if ("record" in named) return `the execution ${named.record.executionArn}`;
  if ("data" in named) {
    const { firstEventId, lastEventId, executionArn } = named;
    return `the events ${firstEventId} to ${lastEventId} in the journal of ${executionArn}`;
  }
  if ("taskId" in named) return `the activity task ${named.taskId} of ${named.executionArn}`;
  if ("kind" in named) return `the note ${named.kind} of ${named.stateMachineArn}`;
  if ("collection" in named) return `the document ${named.id} of ${named.collection}`;
  if ("body" in named) return `the message ${named.id} to ${named.to}`;
  if ("mapRunArn" in named) return `the Map Run ${named.mapRunArn}`;
  if ("activityArn" in named) return `the activity ${named.activityArn}`;
  if ("routes" in named) return `the alias ${named.name} of ${named.stateMachineArn}`;
  if ("version" in named) return `version ${named.version} of ${named.stateMachineArn}`;
  if ("definition" in named) return `revision ${named.revisionId} of ${named.stateMachineArn}`;
  if ("stateMachineArn" in named) return `the state machine ${named.stateMachineArn}`;
  return `a record (${kind})`;
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(
          Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)),
        )
      : member,
  );
}
