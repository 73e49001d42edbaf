import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ExecutionChange, StreamFrame, StreamStart } from "../../../src/console/view-types.ts";
import type { FromHub, TabPort, Wanted } from "./live-messages.ts";
import { StreamHub } from "./stream-hub.ts";
import { mostExecutions } from "./stream-topics.ts";

/** A stream whose server is the test. */
class FakeStream extends EventTarget {
  readonly query: URLSearchParams;
  isClosed = false;

  constructor(query: string) {
    super();
    this.query = new URLSearchParams(query);
  }

  /** The server answers; without a position it goes on from the one that it was asked for. */
  start(at?: string): void {
    this.dispatchEvent(new Event("open"));
    this.#say("start", { build: "b1", ...(at !== undefined && { at }) } satisfies StreamStart);
    if (at !== undefined) this.tell({ topic: "reload" });
  }

  tell(frame: StreamFrame): void {
    this.#say("message", frame);
  }

  break(): void {
    this.dispatchEvent(new Event("error"));
  }

  close(): void {
    this.isClosed = true;
  }

  #say(type: string, data: unknown): void {
    if (!this.isClosed) this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

class Tab implements TabPort {
  readonly told: FromHub[] = [];

  postMessage(message: FromHub): void {
    this.told.push(message);
  }

  want(wanted: Partial<Wanted> = {}): void {
    hub.receive(this, {
      type: "want",
      executions: false,
      execution: [],
      isPaused: false,
      ...wanted,
    });
  }

  leave(): void {
    hub.receive(this, { type: "leave" });
  }

  /** Topics of the frames that it was told since it was asked last. */
  frames(): string[] {
    return this.told
      .splice(0)
      .flatMap((message) => (message.type === "frame" ? [message.frame.topic] : []));
  }

  get state(): string | undefined {
    return this.told.findLast((message) => message.type === "state")?.state;
  }

  get held(): number | undefined {
    return this.told.findLast((message) => message.type === "held")?.count;
  }
}

let streams: FakeStream[] = [];
let hub: StreamHub;
beforeEach(() => {
  vi.useFakeTimers();
  streams = [];
  hub = new StreamHub((query) => {
    const stream = new FakeStream(query);
    streams.push(stream);
    return stream;
  });
});
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTime(20);
const newest = () => streams.at(-1) as FakeStream;
const open = () => streams.filter(({ isClosed }) => !isClosed);
const change = (executionArn: string, lastEventId: number): StreamFrame => ({
  topic: "execution",
  change: { executionArn, lastEventId } as ExecutionChange,
});
const rows = (at: string, ...arns: string[]): StreamFrame =>
  ({
    topic: "executions",
    rows: arns.map((executionArn) => ({ executionArn })),
    at,
  }) as unknown as StreamFrame;

describe("one stream", () => {
  test("tells of what any tab shows, and each tab what it shows", () => {
    const [list, run, other] = [new Tab(), new Tab(), new Tab()];
    list.want({ executions: true });
    run.want({ execution: [{ arn: "a", from: 5 }] });
    other.want({ execution: [{ arn: "b", from: 7 }] });
    settle();
    expect(streams).toHaveLength(1);
    expect([...newest().query]).toEqual([
      ["executions", ""],
      ["execution", "a@5"],
      ["execution", "b@7"],
    ]);
    newest().start("p.1");
    // Rows may have changed between the list's reading and the stream; events are told from where they were read.
    expect(list.frames()).toEqual(["reload"]);
    expect(run.frames()).toEqual([]);
    newest().tell(change("a", 6));
    newest().tell(rows("p.2", "a"));
    expect(list.frames()).toEqual(["executions"]);
    expect(run.frames()).toEqual(["execution"]);
    expect(other.frames()).toEqual([]);
  });

  test("is another one when a tab comes or goes, from where the one before had come to", () => {
    const [first, second] = [new Tab(), new Tab()];
    first.want({ executions: true, execution: [{ arn: "a", from: 5 }] });
    settle();
    newest().start("p.1");
    newest().tell(change("a", 9));
    newest().tell(rows("p.4", "a"));
    first.frames();
    second.want({ execution: [{ arn: "b", from: 1 }] });
    settle();
    expect(open()).toHaveLength(1);
    expect(newest().query.get("executions")).toBe("p.4");
    expect(newest().query.getAll("execution")).toEqual(["a@9", "b@1"]);
    newest().start();
    expect(first.frames()).toEqual([]);
    expect(first.state ?? "live").toBe("live");
    first.leave();
    settle();
    expect(open()).toHaveLength(1);
    expect([...newest().query]).toEqual([["execution", "b@1"]]);
    newest().start("p.9");
    second.frames();
    newest().tell(change("b", 2));
    expect(second.frames()).toEqual(["execution"]);
  });

  test("stays where what tabs want is the same, and where one page follows another at once", () => {
    const tab = new Tab();
    tab.want({ executions: true });
    settle();
    newest().start("p.1");
    tab.want({ executions: true });
    tab.want({});
    tab.want({ executions: true });
    new Tab().want({ executions: true });
    settle();
    // The page was left for another one with the same topic: rows begin anew with it, once.
    expect(open()).toHaveLength(1);
    expect(streams.length).toBeLessThanOrEqual(2);
  });

  test("ends with the last tab", () => {
    const tab = new Tab();
    tab.want({ executions: true });
    settle();
    newest().start("p.1");
    tab.leave();
    expect(open()).toEqual([]);
    vi.advanceTimersByTime(600_000);
    expect(streams).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("a tab that has read less than the others were told reads anew, and the stream stays", () => {
  const [first, second, third] = [new Tab(), new Tab(), new Tab()];
  first.want({ execution: [{ arn: "a", from: 5 }] });
  settle();
  newest().start("p.1");
  newest().tell(change("a", 9));
  second.want({ execution: [{ arn: "a", from: 8 }] });
  expect(second.frames()).toEqual(["reload"]);
  third.want({ execution: [{ arn: "a", from: 9 }] });
  expect(third.frames()).toEqual([]);
  settle();
  expect(streams).toHaveLength(1);
});

describe("a cut", () => {
  test("is told, and then resumed; who follows no rows reads anew what no topic tells", () => {
    const [list, plain] = [new Tab(), new Tab()];
    list.want({ executions: true });
    plain.want();
    settle();
    newest().start("p.1");
    newest().tell(rows("p.3", "a"));
    list.frames();
    plain.frames();
    newest().break();
    expect(list.state).toBe("reconnecting");
    vi.advanceTimersByTime(1_000);
    expect(newest().query.get("executions")).toBe("p.3");
    newest().start();
    expect(list.state).toBe("live");
    expect(list.frames()).toEqual([]);
    expect(plain.frames()).toEqual(["reload"]);
  });

  test("that was too long is a reason for all to read anew", () => {
    const [list, run] = [new Tab(), new Tab()];
    list.want({ executions: true });
    run.want({ execution: [{ arn: "a", from: 5 }] });
    settle();
    newest().start("p.1");
    list.frames();
    newest().break();
    vi.advanceTimersByTime(1_000);
    newest().start("q.1");
    expect(list.frames()).toEqual(["reload"]);
    expect(run.frames()).toEqual(["reload"]);
  });

  test("has tabs poll after the third failure, until there is a stream again", () => {
    const tab = new Tab();
    tab.want();
    settle();
    for (let failure = 1; failure <= 3; failure++) {
      newest().break();
      expect(tab.state).toBe(failure < 3 ? "reconnecting" : "polling");
      vi.advanceTimersByTime(2_000);
    }
    newest().start("p.1");
    expect(tab.state).toBe("live");
    expect(open()).toHaveLength(1);
  });
});

test("a paused tab is told how much is new, and nothing else", () => {
  const tab = new Tab();
  const wanted = { executions: true, execution: [{ arn: "a", from: 5 }] };
  tab.want(wanted);
  settle();
  newest().start("p.1");
  tab.want({ ...wanted, isPaused: true });
  tab.frames();
  newest().tell(rows("p.2", "x", "y"));
  newest().tell(rows("p.3", "y"));
  newest().tell(change("a", 8));
  newest().tell({ topic: "reload" });
  expect(tab.held).toBe(5);
  expect(tab.frames()).toEqual([]);
  tab.want(wanted);
  newest().tell(rows("p.4", "z"));
  expect(tab.frames()).toEqual(["executions"]);
  settle();
  expect(streams).toHaveLength(1);
});

test("executions beyond the bound are asked for by their tabs, and the others stay live", () => {
  const tabs = Array.from({ length: mostExecutions + 1 }, () => new Tab());
  for (const [index, tab] of tabs.entries()) {
    tab.want({ execution: [{ arn: String(index), from: 1 }] });
  }
  settle();
  newest().start("p.1");
  expect(newest().query.getAll("execution")).toHaveLength(mostExecutions);
  expect(tabs.map(({ state }) => state)).toEqual([
    ...Array.from({ length: mostExecutions }, () => "live"),
    "polling",
  ]);
  tabs[0]?.leave();
  settle();
  newest().start("p.1");
  expect(tabs.at(-1)?.state).toBe("live");
});

test("a tab that is silent is dropped, and told so for when it wakes", () => {
  const [awake, frozen] = [new Tab(), new Tab()];
  awake.want({ executions: true });
  frozen.want({ execution: [{ arn: "a", from: 1 }] });
  settle();
  newest().start("p.1");
  for (let minute = 0; minute < 4; minute++) {
    vi.advanceTimersByTime(60_000);
    awake.want({ executions: true });
  }
  expect(frozen.told.at(-1)).toEqual({ type: "dropped" });
  expect([...newest().query.keys()]).toEqual(["executions"]);
  frozen.want({ execution: [{ arn: "a", from: 1 }] });
  settle();
  expect(newest().query.getAll("execution")).toEqual(["a@1"]);
});

test("who comes later hears what the server serves", () => {
  const [first, second] = [new Tab(), new Tab()];
  first.want();
  settle();
  newest().start("p.1");
  second.want();
  expect(first.told).toContainEqual({ type: "build", build: "b1" });
  expect(second.told).toContainEqual({ type: "build", build: "b1" });
});
