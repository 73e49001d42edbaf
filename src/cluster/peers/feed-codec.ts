import { decodeEvents, encodeEvents } from "../../machine/journal/journal-codec.ts";
import type { FeedExecution, FeedItem } from "../../ports/feed.ts";
import type { ExecutionStatus } from "../../ports/store.ts";
import { isWire, numberIn, objectIn, parseWire, textIn, type Wire, wireFormat } from "./wire.ts";

/** One line of the stream in which a node tells another what it feeds. */
export type FeedLine =
  /** The first: everything that is fed from here on is told. */
  | { readonly type: "open"; readonly nodeId: string }
  | { readonly type: "item"; readonly item: FeedItem }
  /** Something was missed: what is known is to be read from the store anew. */
  | { readonly type: "start again" }
  | { readonly type: "heartbeat" };

/** With its end. */
export function encodeFeedLine(line: FeedLine): string {
  const wire = line.type === "item" ? { type: line.type, item: encodeItem(line.item) } : line;
  return `${JSON.stringify({ format: wireFormat, ...wire })}\n`;
}

/** `undefined` for one that only a newer version knows. */
export function decodeFeedLine(text: string): FeedLine | undefined {
  const wire = parseWire(text);
  const type = textIn(wire, "type") as FeedLine["type"];
  switch (type) {
    case "open":
      return { type, nodeId: textIn(wire, "nodeId") };
    case "item":
      return { type, item: decodeItem(objectIn(wire, "item")) };
    case "start again":
    case "heartbeat":
      return { type };
    default:
      return undefined;
  }
}

/** The events go as a journal has them, which keeps their documents to the letter. */
function encodeItem(item: FeedItem): Wire {
  return { ...item, events: encodeEvents(item.events) };
}

function decodeItem(wire: Wire): FeedItem {
  return {
    sequence: numberIn(wire, "sequence"),
    execution: decodeExecution(objectIn(wire, "execution")),
    events: decodeEvents(textIn(wire, "events")),
    status: textIn(wire, "status") as ExecutionStatus,
    stoppedAt: numberIn(wire, "stoppedAt"),
    redriveCount: numberIn(wire, "redriveCount"),
  };
}

function decodeExecution(wire: Wire): FeedExecution {
  const { record, identity } = {
    record: objectIn(wire, "record"),
    identity: objectIn(wire, "identity"),
  } as unknown as Pick<FeedExecution, "record" | "identity">;
  return {
    record,
    type: textIn(wire, "type") as FeedExecution["type"],
    identity,
    logging: isWire(wire["logging"]) ? decodeLogging(wire["logging"]) : undefined,
  };
}

function decodeLogging(wire: Wire): NonNullable<FeedExecution["logging"]> {
  const { logGroupArn } = wire;
  return {
    level: textIn(wire, "level") as NonNullable<FeedExecution["logging"]>["level"],
    includeExecutionData: wire["includeExecutionData"] === true,
    logGroupArn: typeof logGroupArn === "string" ? logGroupArn : undefined,
  };
}
