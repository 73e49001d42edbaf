import { CommandFailure, UsageError } from "./errors.ts";
import { styled } from "./terminal.ts";
import { packageVersion } from "./package-version.ts";

/** A sub-command: its help, and what it does. Resolves with the exit status. */
export interface Command {
  readonly help: string;
  run(args: readonly string[]): Promise<number>;
}

const help = `Stepwell: AWS Step Functions on your own machine.

Usage: stepwell COMMAND [OPTIONS]

Commands:
  start              Run the server: the Step Functions API and the console, over a durable store
  cluster            Show the nodes that share a database, and what each has
  deploy PATH        Deploy a template of CloudFormation, SAM, the CDK or the Serverless Framework
  dev PATH           Deploy a template each time that it or its code changes, and show its executions
  import             Import state machines from an account of AWS into a running server
  stacks [NAME]      Show what is deployed
  approve [NUMBER]   List what waits for an answer in a running server, and answer it
  executions         Find executions in a running server
  iam                See and make the users, roles, keys and policies of a running server
  cost               Show what workflows used in a month, and what AWS would have charged
  audit              Verify the audit log of a server, and look into it
  run DEFINITION     Run a definition once, with no server, and print its output
  test [FILE…]       Run the test cases of mock files, with no server
  worker             Work on the tasks of an activity with a program, here or in AWS
  validate FILE…     Check definitions, and show what is wrong where
  convert DEFINITION Say a definition in JSONata instead of JSONPath
  graph DEFINITION   Draw a definition as an SVG image, as the console does
  doctor             Show which service integrations can be used here, and what to do for the others
  add SERVICE…       Install clients of the AWS SDK that do not ship
  store              Check a store, copy it between a folder and PostgreSQL, or bring its schema up to date

  stepwell COMMAND --help tells more about a command.

Options:
  --help, -h         Show this
  --version, -v      Show the version
`;

/** Each is loaded when it is asked for: checking a file should not wait for a server's code. */
const commands: { readonly [name: string]: () => Promise<Command> } = {
  start: async () => (await import("./start.ts")).start,
  cluster: async () => (await import("./cluster.ts")).cluster,
  deploy: async () => (await import("./deploy.ts")).deploy,
  dev: async () => (await import("./dev.ts")).dev,
  import: async () => (await import("./import.ts")).import,
  stacks: async () => (await import("./stacks.ts")).stacks,
  approve: async () => (await import("./approve.ts")).approve,
  executions: async () => (await import("./executions.ts")).executions,
  iam: async () => (await import("./iam/iam.ts")).iam,
  cost: async () => (await import("./cost.ts")).cost,
  audit: async () => (await import("./audit/audit.ts")).audit,
  run: async () => (await import("./run.ts")).run,
  test: async () => (await import("./test.ts")).test,
  worker: async () => (await import("./worker.ts")).worker,
  validate: async () => (await import("./validate.ts")).validate,
  convert: async () => (await import("./convert.ts")).convert,
  graph: async () => (await import("./graph.ts")).graph,
  doctor: async () => (await import("./doctor.ts")).doctor,
  add: async () => (await import("./add.ts")).add,
  store: async () => (await import("./store.ts")).store,
};

process.exitCode = await main(process.argv.slice(2));

/** Exit statuses: 0 done, 1 the command failed, 2 it was asked for wrongly. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    (name === undefined ? process.stderr : process.stdout).write(help);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version" || name === "-v") {
    process.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) return complain("stepwell", unknownCommand(name));
  try {
    const command = await load();
    if (!asksForHelp(rest)) return await command.run(rest);
    process.stdout.write(command.help);
    return 0;
  } catch (error) {
    return complain(`stepwell ${name}`, error);
  }
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args
    .slice(0, end === -1 ? args.length : end)
    .some((arg) => arg === "--help" || arg === "-h");
}

function unknownCommand(name: string): UsageError {
  const known = Object.keys(commands).join(", ");
  return new UsageError(`There is no command '${name}'. The commands are: ${known}.`);
}

/** Says what is wrong; what is our own mistake comes with its stack. */
function complain(command: string, error: unknown): number {
  const label = styled(process.stderr, ["bold", "red"], `${command}:`);
  if (error instanceof UsageError) {
    process.stderr.write(`${label} ${error.message}\nSee: ${command} --help\n`);
    return 2;
  }
  if (error instanceof CommandFailure) {
    process.stderr.write(`${label} ${error.message}\n`);
    return 1;
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${label} This is a mistake in Stepwell. Please report it with what follows.\n${details}\n`,
  );
  return 1;
}
