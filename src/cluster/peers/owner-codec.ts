import {
  type KeyProblem,
  keyProblems,
  type KmsKeyState,
  kmsKeyStates,
} from "../../ports/key-provider.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type {
  ActivityTaskRecord,
  ExecutionRecord,
  Message,
  StoreFailure,
} from "../../ports/store.ts";
import type { MapRunChanges } from "../../runtime/map-run/current-record.ts";
import { decodeEvent, encodeEvent } from "./event-codec.ts";
import {
  type Answered,
  type Asked,
  isOwnerMethod,
  type OwnerMethod,
  type OwnerQuestion,
} from "./owner-questions.ts";
import {
  isWire,
  listIn,
  NotUnderstood,
  numberIn,
  objectIn,
  optionalTexts,
  parseWire,
  payloadIn,
  textIn,
  type Wire,
  wireFormat,
} from "./wire.ts";

/** Where a node is, for who looks for it. */
export interface NodeAddress {
  readonly nodeId: string;
  readonly url: string;
}

/** What came of a question, before it is known who answered it. */
export type OwnerOutcome<M extends OwnerMethod = OwnerMethod> =
  | { readonly type: "done"; readonly answered: Answered<M> }
  /** Somebody else has the partition, or nobody: ask again there. */
  | {
      readonly type: "not the owner";
      readonly holder?: NodeAddress;
      /** It was begun, and what came of it is in the store. */
      readonly mayBeDone: boolean;
    }
  | {
      readonly type: "store failure";
      readonly kind: StoreFailure["kind"];
      readonly message: string;
    }
  /** The key of the execution's customer cannot be had. */
  | {
      readonly type: "key unavailable";
      readonly kmsKeyId: string;
      readonly problem: KeyProblem;
      readonly state: KmsKeyState;
      readonly message: string;
    }
  /** An error that is none of the store's. */
  | { readonly type: "mistake"; readonly message: string }
  /** The question is none that the node knows: it is of another version. */
  | { readonly type: "not understood"; readonly message: string };

/** An answer, as it goes to who asked. */
export type OwnerAnswer<M extends OwnerMethod = OwnerMethod> = OwnerOutcome<M> & {
  /** Who answers. A process that was started again is another node. */
  readonly nodeId: string;
  /**
   * `remembered`: of this very question, when it was asked before. `lost`: it was begun here before, and what came of
   * that is not known, so that it was begun once more.
   */
  readonly earlier?: "remembered" | "lost";
};

interface MethodCodec<M extends OwnerMethod> {
  encodeAsked(asked: Asked<M>): Wire;
  decodeAsked(wire: Wire): Asked<M>;
  encodeAnswered(answered: Answered<M>): unknown;
  decodeAnswered(wire: unknown): Answered<M>;
}

const nothing = { encodeAnswered: () => null, decodeAnswered: () => undefined };

const codecs: { readonly [M in OwnerMethod]: MethodCodec<M> } = {
  start: {
    encodeAsked: ({ record, input, isNamed }) => ({ record, input: input.text, isNamed }),
    decodeAsked: (wire) => ({
      record: objectIn(wire, "record") as unknown as ExecutionRecord,
      input: payloadIn(wire, "input"),
      isNamed: wire["isNamed"] === true,
    }),
    encodeAnswered: (result) => result,
    decodeAnswered(value) {
      const wire = required(value);
      const executionArn = textIn(wire, "executionArn");
      return wire["type"] === "started"
        ? { type: "started", executionArn, startDate: numberIn(wire, "startDate") }
        : { type: "exists", executionArn };
    },
  },
  deliver: {
    encodeAsked: ({ executionArn, event }) => ({ executionArn, event: encodeEvent(event) }),
    decodeAsked: (wire) => ({
      executionArn: textIn(wire, "executionArn"),
      event: decodeEvent(objectIn(wire, "event")),
    }),
    encodeAnswered: (delivered) =>
      delivered === undefined ? null : { ...delivered, taskInput: delivered.taskInput?.text },
    decodeAnswered(value) {
      if (value === null) return undefined;
      const wire = required(value);
      return {
        stale: wire["stale"] === true,
        stoppedAt: numberIn(wire, "stoppedAt"),
        countedFrom: numberIn(wire, "countedFrom"),
        ...(wire["taskInput"] === undefined ? {} : { taskInput: payloadIn(wire, "taskInput") }),
      };
    },
  },
  hints: {
    ...nothing,
    encodeAsked: ({ messages, tasks }) => ({ messages, tasks }),
    decodeAsked: (wire) => ({
      messages: listIn(wire, "messages") as readonly Message[],
      tasks: listIn(wire, "tasks") as readonly ActivityTaskRecord[],
    }),
  },
  waitUntilClosed: {
    ...nothing,
    encodeAsked: (asked) => ({ ...asked }),
    decodeAsked: (wire) => ({
      executionArn: textIn(wire, "executionArn"),
      timeoutMs: numberIn(wire, "timeoutMs"),
    }),
  },
  takeActivityTask: {
    encodeAsked: (asked) => ({ ...asked }),
    decodeAsked: (wire) => ({
      activityArn: textIn(wire, "activityArn"),
      ...optionalTexts(wire, "workerName"),
      timeoutMs: numberIn(wire, "timeoutMs"),
    }),
    encodeAnswered: (task) => (task === undefined ? null : { ...task, input: task.input.text }),
    decodeAnswered(value) {
      if (value === null) return undefined;
      const wire = required(value);
      return { taskToken: textIn(wire, "taskToken"), input: payloadIn(wire, "input") };
    },
  },
  describeMapRun: {
    encodeAsked: (asked) => ({ ...asked }),
    decodeAsked: (wire) => ({ mapRunArn: textIn(wire, "mapRunArn") }),
    encodeAnswered: (record) => record ?? null,
    decodeAnswered: (value) =>
      value === null ? undefined : (required(value) as unknown as MapRunRecord),
  },
  updateMapRun: {
    encodeAsked: (asked) => ({ ...asked }),
    decodeAsked: (wire) => ({
      mapRunArn: textIn(wire, "mapRunArn"),
      changes: decodeChanges(objectIn(wire, "changes")),
    }),
    encodeAnswered: (updated) => updated,
    decodeAnswered: (value) => value === true,
  },
  pendingRedrives: {
    encodeAsked: (asked) => ({ ...asked }),
    decodeAsked: (wire) => ({ mapRunArn: textIn(wire, "mapRunArn") }),
    encodeAnswered: (redrives) => [...redrives],
    decodeAnswered: (value) => new Set(Array.isArray(value) ? (value as string[]) : []),
  },
};

export function encodeQuestion<M extends OwnerMethod>(question: OwnerQuestion<M>): string {
  const { id, partition, method, asked } = question;
  const codec: MethodCodec<M> = codecs[method];
  const wire = { format: wireFormat, id, partition, method, asked: codec.encodeAsked(asked) };
  return JSON.stringify(wire);
}

/** Throws {@link NotUnderstood} for one that this version does not know. */
export function decodeQuestion(text: string): OwnerQuestion {
  const wire = parseWire(text);
  const method = textIn(wire, "method");
  if (!isOwnerMethod(method)) {
    throw new NotUnderstood(`Questions of the method ${method} are not known here.`);
  }
  return {
    id: textIn(wire, "id"),
    partition: numberIn(wire, "partition"),
    method,
    asked: codecs[method].decodeAsked(objectIn(wire, "asked")),
  };
}

/** `method` is that of the question: one that was not understood has none. */
export function encodeAnswer<M extends OwnerMethod>(
  method: M | undefined,
  answer: OwnerAnswer<M>,
): string {
  if (answer.type !== "done" || method === undefined) {
    return JSON.stringify({ format: wireFormat, ...answer });
  }
  const codec: MethodCodec<M> = codecs[method];
  const answered = codec.encodeAnswered(answer.answered);
  return JSON.stringify({ format: wireFormat, ...answer, answered });
}

/** Throws {@link NotUnderstood} for one that this version does not know. */
export function decodeAnswer<M extends OwnerMethod>(method: M, text: string): OwnerAnswer<M> {
  const wire = parseWire(text);
  const codec: MethodCodec<M> = codecs[method];
  const { earlier } = wire;
  const about: Pick<OwnerAnswer, "nodeId" | "earlier"> = {
    nodeId: textIn(wire, "nodeId"),
    ...(earlier === "remembered" || earlier === "lost" ? { earlier } : {}),
  };
  const type = textIn(wire, "type") as OwnerAnswer["type"];
  switch (type) {
    case "done":
      return { ...about, type, answered: codec.decodeAnswered(wire["answered"]) };
    case "not the owner": {
      const { holder } = wire;
      return {
        ...about,
        type,
        ...(isWire(holder)
          ? { holder: { nodeId: textIn(holder, "nodeId"), url: textIn(holder, "url") } }
          : {}),
        // One that does not say so may have begun it.
        mayBeDone: wire["mayBeDone"] !== false,
      };
    }
    case "store failure":
      return { ...about, type, kind: kindIn(wire), message: textIn(wire, "message") };
    case "key unavailable":
      return {
        ...about,
        type,
        kmsKeyId: textIn(wire, "kmsKeyId"),
        problem: knownIn(wire, "problem", keyProblems) ?? "unreachable",
        state: knownIn(wire, "state", kmsKeyStates) ?? "UNAVAILABLE",
        message: textIn(wire, "message"),
      };
    case "mistake":
    case "not understood":
      return { ...about, type, message: textIn(wire, "message") };
    default:
      throw new NotUnderstood(`Answers of the type ${String(type)} are not known here.`);
  }
}

/** What only a newer version knows is none of these. */
function knownIn<T extends string>(wire: Wire, member: string, known: readonly T[]): T | undefined {
  return known.find((each) => each === wire[member]);
}

/** A kind of failure that only a newer version knows passes, as far as this one can tell. */
function kindIn(wire: Wire): StoreFailure["kind"] {
  const kinds: readonly StoreFailure["kind"][] = [
    "locked",
    "newer",
    "full",
    "fatal",
    "unavailable",
  ];
  return knownIn(wire, "kind", kinds) ?? "unavailable";
}

function decodeChanges(wire: Wire): MapRunChanges {
  const changes: { -readonly [K in keyof MapRunChanges]: MapRunChanges[K] } = {};
  for (const member of [
    "maxConcurrency",
    "toleratedFailureCount",
    "toleratedFailurePercentage",
  ] as const) {
    if (wire[member] !== undefined) changes[member] = numberIn(wire, member);
  }
  return changes;
}

function required(value: unknown): Wire {
  if (!isWire(value)) throw new NotUnderstood("The answer is not what it should be.");
  return value;
}
