import { arrayOf, jsonataOf, objectOf, textOf } from "./json.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The second line of a state's card: what it does, in a few words. */
export function stateDetail(type: string, state: Fields): string {
  switch (type) {
    case "Task":
      return taskDetail(textOf(state["Resource"]) ?? "");
    case "Wait":
      return waitDetail(state);
    case "Map":
      return isDistributed(state) ? "Distributed Map" : "Map";
    case "Fail":
      return `Fail ${literal(state["Error"]) ?? ""}`.trim();
    default:
      return type;
  }
}

/** Whether a task of this resource waits until somebody answers its token. */
export function waitsForCallback(resource: string): boolean {
  return resource.endsWith(".waitForTaskToken");
}

/** The most attempts that follow the first one: `MaxAttempts` (3 if absent) of all Retriers. */
export function retryCount(state: Fields): number {
  return arrayOf(state["Retry"])
    .map((retrier) => objectOf(retrier)["MaxAttempts"])
    .map((attempts) =>
      typeof attempts === "number" && Number.isFinite(attempts) ? Math.max(0, attempts) : 3,
    )
    .reduce((sum, attempts) => sum + attempts, 0);
}

function taskDetail(resource: string): string {
  if (waitsForCallback(resource)) return "waits for callback";
  const [, , service, , , ...rest] = resource.split(":");
  if (service === "states") {
    const [first, ...call] = rest;
    // `.sync:2` is `.sync` with a parsed output: the difference is no help on a card.
    const name = (first === "aws-sdk" ? call : [first, ...call])
      .join(":")
      .replace(/\.sync:2$/, ".sync");
    if (first === "activity") return `Activity ${call.join(":")}`;
    return name === "" ? "Task" : name;
  }
  if (service === "lambda" && rest[0] === "function" && rest[1] !== undefined) {
    return `Lambda ${rest[1]}`;
  }
  return "Task";
}

function waitDetail(state: Fields): string {
  const seconds = state["Seconds"];
  if (typeof seconds === "number") return `Wait ${duration(seconds)}`;
  const secondsText = jsonataOf(seconds) ?? textOf(state["SecondsPath"]);
  if (secondsText !== undefined) return `Wait ${secondsText} s`;
  const timestamp = state["Timestamp"];
  const until = jsonataOf(timestamp) ?? textOf(timestamp) ?? textOf(state["TimestampPath"]);
  return until === undefined ? "Wait" : `Wait until ${until}`;
}

function duration(seconds: number): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds >= 60 && seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

function isDistributed(state: Fields): boolean {
  const config = objectOf(objectOf(state["ItemProcessor"])["ProcessorConfig"]);
  return config["Mode"] === "DISTRIBUTED";
}

function literal(value: unknown): string | undefined {
  return jsonataOf(value) === undefined ? textOf(value) : undefined;
}
