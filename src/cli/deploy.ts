import { TemplateError } from "../template/template.ts";
import { onlyPositional, parseArguments } from "./arguments.ts";
import { openDeployClient, type DeployClient } from "./deploy/deploy-client.ts";
import {
  consoleText,
  deployStack,
  isGood,
  resultText,
  type DeployedStack,
} from "./deploy/deploy-stack.ts";
import { deleteStack } from "./deploy/delete-stack.ts";
import { showDrift } from "./deploy/show-drift.ts";
import { readSource } from "./deploy/read-source.ts";
import type { StackSource } from "./deploy/stack-source.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import type { Command } from "./main.ts";

const help = `Deploy a template to a running server: state machines, functions, roles, schedules and more.

Usage: stepwell deploy PATH [OPTIONS]
       stepwell deploy PATH --dry-run
       stepwell deploy --delete --stack NAME
       stepwell deploy --drift --stack NAME

PATH is a CloudFormation or SAM template, or a folder with template.yaml, cdk.out or serverless.yml. What it names of
local files and folders is uploaded.

Options:
  --stack NAME       The stack's name; absent: the folder's, or that which the CDK or serverless.yml gives
  --parameter K=V    The value of a parameter; may be repeated. What was given before stays
  --dry-run          Show what would change, and change nothing
  --strict           Refuse a template with types of resources that Stepwell does not make
  --delete           Delete the stack with all that it made
  --drift            Show what is no longer as the template says
  --region REGION    The Region of the stack; AWS_REGION, AWS_DEFAULT_REGION, else us-east-1
  --endpoint URL     The server; AWS_ENDPOINT_URL, else the one over the data directory here, else http://127.0.0.1:8083
  --json             Print one JSON document instead of text
  --help, -h         Show this

Exit status: 0 if all is as the template says, else 1.
`;

/** `stepwell deploy` */
export const deploy: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      stack: { type: "string" },
      parameter: { type: "string", multiple: true },
      "dry-run": { type: "boolean" },
      strict: { type: "boolean" },
      delete: { type: "boolean" },
      drift: { type: "boolean" },
      region: { type: "string" },
      endpoint: { type: "string" },
      json: { type: "boolean" },
    });
    const isJson = values.json === true;
    const tell = (text: string): void => {
      if (!isJson) process.stdout.write(text);
    };
    const client = await openDeployClient(values);
    if (values.delete === true || values.drift === true) {
      if (positionals.length > 0 && values.stack === undefined) {
        throw new UsageError("Name the stack with --stack NAME.");
      }
      const stackName = values.stack ?? "";
      if (stackName === "") throw new UsageError("Name the stack with --stack NAME.");
      return values.delete === true
        ? deleteStack(client, stackName, { tell, isJson })
        : showDrift(client, stackName, { isJson });
    }
    const path = onlyPositional(positionals, "PATH");
    const sources = readTemplates(() => readSource(path, { stack: values.stack }));
    const deployed = await deployAll(sources, client, {
      parameters: parametersOf(values.parameter),
      isDryRun: values["dry-run"] === true,
      isStrict: values.strict === true,
      tell,
    });
    if (isJson) process.stdout.write(`${JSON.stringify(deployed, undefined, 2)}\n`);
    return deployed.every(({ status }) => isGood(status)) ? 0 : 1;
  },
};

/** One after the other; what follows one that failed is not begun. */
async function deployAll(
  sources: readonly StackSource[],
  client: DeployClient,
  options: Parameters<typeof deployStack>[2],
): Promise<readonly DeployedStack[]> {
  const deployed: DeployedStack[] = [];
  for (const source of sources) {
    const result = await deployStack(source, client, options);
    deployed.push(result);
    if (result.status !== "NOT_EXECUTED" && result.status !== "NO_CHANGES") {
      options.tell(resultText(result));
    }
    options.tell(consoleText(result));
    if (!isGood(result.status)) break;
  }
  return deployed;
}

/** A template's mistake is the caller's, and says where it is. */
export function readTemplates<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CommandFailure(error.placedMessage);
  }
}

export function parametersOf(values: readonly string[] | undefined): {
  readonly [name: string]: string;
} {
  return Object.fromEntries(
    (values ?? []).map((value) => {
      const separator = value.indexOf("=");
      if (separator < 1) throw new UsageError(`--parameter takes K=V, not '${value}'.`);
      return [value.slice(0, separator), value.slice(separator + 1)];
    }),
  );
}
