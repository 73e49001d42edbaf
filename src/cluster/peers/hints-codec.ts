import type { ActivityTaskRecord, Message } from "../../ports/store.ts";
import type { OwnerHints } from "./owner-questions.ts";
import { isWire, listIn, numberIn, parseWire, textIn, wireFormat } from "./wire.ts";

/** Hints to the owner of one partition. */
export interface PartitionHints extends OwnerHints {
  readonly partition: number;
}

/** Hints for the owners of several partitions that are one node. */
export function encodeHints(hints: readonly PartitionHints[]): string {
  return JSON.stringify({ format: wireFormat, hints });
}

export function decodeHints(text: string): readonly PartitionHints[] {
  const hints: PartitionHints[] = [];
  for (const wire of listIn(parseWire(text), "hints")) {
    if (!isWire(wire)) continue;
    hints.push({
      partition: numberIn(wire, "partition"),
      messages: listIn(wire, "messages") as readonly Message[],
      tasks: listIn(wire, "tasks") as readonly ActivityTaskRecord[],
    });
  }
  return hints;
}

/** Which node was told, and the partitions that it has not: their hints are for somebody else. */
export interface HintsTaken {
  readonly nodeId: string;
  readonly elsewhere: readonly number[];
}

export function encodeHintsTaken(taken: HintsTaken): string {
  return JSON.stringify({ format: wireFormat, ...taken });
}

export function decodeHintsTaken(text: string): HintsTaken {
  const wire = parseWire(text);
  return {
    nodeId: textIn(wire, "nodeId"),
    elsewhere: listIn(wire, "elsewhere").filter((each) => typeof each === "number"),
  };
}
