import { listIn, parseWire, textIn, wireFormat } from "./wire.ts";

/** State machines, aliases or activities have changed: what is remembered of them is old. */
export interface ChangeNotice {
  /** Of the state machines and activities; none: all of them may have. */
  readonly arns: readonly string[];
}

/** A node has given partitions up: whoever they should belong to may take them. */
export interface HandedOverNotice {
  readonly nodeId: string;
  readonly partitions: readonly number[];
}

export function encodeChangeNotice({ arns }: ChangeNotice): string {
  return JSON.stringify({ format: wireFormat, arns });
}

export function decodeChangeNotice(text: string): ChangeNotice {
  const arns = listIn(parseWire(text), "arns");
  return { arns: arns.filter((each) => typeof each === "string") };
}

export function encodeHandedOver({ nodeId, partitions }: HandedOverNotice): string {
  return JSON.stringify({ format: wireFormat, nodeId, partitions });
}

export function decodeHandedOver(text: string): HandedOverNotice {
  const wire = parseWire(text);
  const partitions = listIn(wire, "partitions").filter((each) => typeof each === "number");
  return { nodeId: textIn(wire, "nodeId"), partitions };
}
