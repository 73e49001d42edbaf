import { describe, expect, test } from "vitest";
import { nextDeadline } from "../../src/machine/deadline.ts";
import { refuseStalls } from "../fuzz/stall.ts";
import { Drive, machineOf, plain } from "./drive.ts";

/** An expression that takes so many steps, or a few more. */
const taking = (steps: number): string => `{% $count([1..${steps}][$ = 0]) %}`;
const many = taking(200_000);

const jsonata = (states: object): Drive =>
  new Drive(machineOf({ QueryLanguage: "JSONata", StartAt: "A", States: states }));

describe("expressions that take long", () => {
  test("give up the thread after the state that they are in", () => {
    const drive = jsonata({
      A: { Type: "Pass", Output: many, Next: "B" },
      B: { Type: "Pass", Output: many, End: true },
    }).start();
    expect(drive.history.at(-1)).toContain("PassStateExited");
    expect(nextDeadline(drive.machine, drive.snapshot)).toBe(0);
    drive.when({ type: "TimerFired" });
    expect(drive.snapshot.status).toBe("SUCCEEDED");
  });

  test("share the steps of one, if they are one state's", () => {
    const fields = Array.from({ length: 20 }, (_, index) => [`f${index}`, many] as const);
    const output = Object.fromEntries(fields);
    const drive = jsonata({ A: { Type: "Pass", Output: output, End: true } }).start();
    expect(drive.snapshot.error).toBe("States.QueryEvaluationError");
    expect(drive.snapshot.cause).toContain("Expression evaluation timeout");
  });

  test("leave a Catcher as many again", () => {
    const failing = { Type: "Pass", Output: { a: many, b: many, c: many, d: many }, End: true };
    const drive = jsonata({
      A: {
        Type: "Parallel",
        Branches: [{ StartAt: "F", States: { F: failing } }],
        Catch: [{ ErrorEquals: ["States.ALL"], Output: many, Next: "B" }],
        Next: "B",
      },
      B: { Type: "Succeed" },
    }).start();
    while (drive.snapshot.status === "RUNNING") drive.wait();
    expect(drive.snapshot.status).toBe("SUCCEEDED");
  });

  test("make a Map start the iterations that are left in the turns that follow", () => {
    const wait = { Type: "Wait", Seconds: 60, End: true };
    const drive = jsonata({
      A: {
        Type: "Map",
        Items: "{% [1..20] %}",
        ItemSelector: taking(30_000),
        ItemProcessor: { StartAt: "W", States: { W: wait } },
        End: true,
      },
    }).start();
    const started = (): number =>
      drive.journal.filter(({ type }) => type === "MapIterationStarted").length;
    expect(started()).toBe(3);
    expect(nextDeadline(drive.machine, drive.snapshot)).toBe(0);
    while (started() < 20) drive.when({ type: "TimerFired" });
    drive.when({ type: "TimerFired" });
    expect(nextDeadline(drive.machine, drive.snapshot)).toBe(drive.now + 60_000);
    drive.wait();
    expect(drive.snapshot.status).toBe("SUCCEEDED");
  });

  test("that are due at once are not all evaluated in one turn", () => {
    const branch = (name: string) => ({
      StartAt: name,
      States: { [name]: { Type: "Wait", Seconds: 5, Output: many, End: true } },
    });
    const drive = jsonata({
      A: { Type: "Parallel", Branches: [branch("x"), branch("y"), branch("z")], End: true },
    }).start();
    const turns = [drive.pass(5_000)];
    while (drive.snapshot.status === "RUNNING") turns.push(drive.wait());
    expect(turns).toHaveLength(3);
    expect(drive.snapshot.status).toBe("SUCCEEDED");
  });

  test("that catch tasks which time out at once are not all evaluated in one turn, but after all time-outs", () => {
    const branch = (name: string) => ({
      StartAt: name,
      States: {
        [name]: {
          Type: "Task",
          Resource: "arn:aws:states:us-east-1:000000000000:activity:work",
          HeartbeatSeconds: 5,
          Catch: [{ ErrorEquals: ["States.HeartbeatTimeout"], Output: many, Next: `${name}2` }],
          End: true,
        },
        [`${name}2`]: { Type: "Pass", End: true },
      },
    });
    const names = ["x", "y", "z"];
    const drive = jsonata({
      A: { Type: "Parallel", Branches: names.map(branch), End: true },
    }).start();
    for (const taskId of drive.openTasks) {
      drive.when({ type: "ActivityStarted", taskId, workerName: "w" });
    }
    const first = drive.pass(5_000);
    expect(first.events.slice(0, 3).map(({ type }) => type)).toEqual(
      names.map(() => "ActivityTimedOut"),
    );
    const turns = [first];
    while (drive.snapshot.status === "RUNNING") {
      expect(plain(drive.folded())).toEqual(plain(drive.snapshot));
      expect(nextDeadline(drive.machine, drive.snapshot)).toBe(0);
      turns.push(drive.when({ type: "TimerFired" }));
    }
    expect(turns.length).toBeGreaterThanOrEqual(3);
    expect(drive.snapshot.status).toBe("SUCCEEDED");
  });
});

const activity = "arn:aws:states:us-east-1:000000000000:activity:work";

/** A Parallel with so many branches, each of this state; what it catches goes on to another. */
function branching(count: number, state: object): object {
  const Branches = Array.from({ length: count }, (_, index) => {
    const [name, next] = [`x${index}`, `y${index}`];
    if (!("Catch" in state)) return { StartAt: name, States: { [name]: { ...state, End: true } } };
    const Catch = [{ ErrorEquals: ["States.ALL"], Assign: { caught: true }, Next: next }];
    const States = { [name]: { ...state, Catch, End: true }, [next]: { Type: "Pass", End: true } };
    return { StartAt: name, States };
  });
  return { StartAt: "A", States: { A: { Type: "Parallel", Branches, End: true } } };
}

describe("of thousands of branches no turn holds the thread", () => {
  test.each<[string, object]>([
    ["that assign variables", { Type: "Pass", Assign: { a: 1, b: 2 } }],
    ["that wait for the same time", { Type: "Wait", Seconds: 5 }],
    [
      "whose tasks time out at once and are caught",
      { Type: "Task", Resource: activity, TimeoutSeconds: 5, Catch: true },
    ],
  ])("%s", (_, state) => {
    const machine = machineOf(branching(2_000, state), { type: "EXPRESS" });
    refuseStalls((turn) => {
      const drive = new Drive(machine);
      turn(() => drive.start());
      while (drive.snapshot.status === "RUNNING") turn(() => drive.wait());
      expect(drive.snapshot.status).toBe("SUCCEEDED");
    });
  });
});

test("the variables of all branches have one limit, and those of a branch that has ended are free", () => {
  const branch = (name: string, Assign: object) => ({
    StartAt: name,
    States: { [name]: { Type: "Pass", Assign, Next: `${name}2` }, [`${name}2`]: wait },
  });
  const wait = { Type: "Wait", Seconds: 5, End: true };
  const assigning = (text: string) => ({ Type: "Pass", Assign: { v: text }, Next: "P" });
  const machine = (text: string) =>
    machineOf(
      {
        StartAt: "A",
        States: {
          A: assigning("12345678"),
          P: {
            Type: "Parallel",
            Branches: [branch("x", { a: "1234" }), branch("y", { b: "1234" })],
            Next: "B",
          },
          B: { ...assigning(text), Next: "C" },
          C: { Type: "Succeed" },
        },
      },
      { limits: { variablesBytes: 22 } },
    );
  const fits = new Drive(machine("1".repeat(20))).start();
  expect(fits.snapshot.variablesBytes).toBe(22);
  fits.wait();
  expect(fits.snapshot.status).toBe("SUCCEEDED");
  expect(fits.snapshot.variablesBytes).toBe(22);
  const tooLarge = new Drive(machine("1".repeat(21))).start();
  tooLarge.wait();
  expect(tooLarge.snapshot.error).toBe("States.DataLimitExceeded");
});
