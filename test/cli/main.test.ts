import { expect, test } from "vitest";
import { stepwell } from "./stepwell.ts";

test("without a command it shows what there is, with the status of a wrong command line", async () => {
  const { status, stdout, stderr } = await stepwell([]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("Usage: stepwell COMMAND");
});

test("--help and --version go to stdout", async () => {
  const [help, version] = await Promise.all([stepwell(["--help"]), stepwell(["--version"])]);
  expect(help).toMatchObject({ status: 0, stderr: "" });
  expect(help.stdout).toContain("validate FILE…");
  expect(version.stdout).toMatch(/^\d+[.]\d+[.]\d+\n$/);
});

test("an unknown command is answered with those that there are", async () => {
  const { status, stderr } = await stepwell(["depoy"]);
  expect(status).toBe(2);
  const [, known = ""] =
    /^stepwell: There is no command 'depoy'[.] The commands are: (.*)[.]\nSee: stepwell --help\n$/.exec(
      stderr,
    ) ?? [];
  const shown = await stepwell(["--help"]);
  for (const name of known.split(", "))
    expect(shown.stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
  expect(known).toMatch(/^start, cluster, .*, store$/);
});

test.each([
  [["validate"], "FILE is missing"],
  [["validate", "--nonsense", "a.json"], "Unknown option '--nonsense'."],
  [["validate", "--define", "Name", "a.json"], "--define takes Name=value, not 'Name'."],
  [["run"], "DEFINITION is missing."],
  [["run", "a.json", "b.json"], "'b.json' is too many"],
  [["run", "a.json", "--type", "FAST"], "--type is STANDARD or EXPRESS, not 'FAST'."],
  [["start", "here"], "start takes options only, not 'here'."],
  [["start", "--port", "99999"], "--port is a number from 0 (any free port) to 65535"],
  [["start", "--account", "12"], "--account is 12 digits, not '12'."],
  [["start", "--functions", "nowhere"], "which is not a folder"],
])("stepwell %j is a wrong command line", async (args, message) => {
  const { status, stdout, stderr } = await stepwell(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
});

test("each command has help of its own", async () => {
  for (const command of ["start", "run", "validate"]) {
    const { status, stdout } = await stepwell([command, "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: stepwell ${command}`);
  }
});
