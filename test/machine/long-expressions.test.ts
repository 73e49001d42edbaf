import { describe, expect, test } from "vitest";
import { nextDeadline } from "../../src/machine/deadline.ts";
import { Drive, machineOf } from "./drive.ts";

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
});
