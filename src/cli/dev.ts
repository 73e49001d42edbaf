import { dirname, resolve } from "node:path";
import { statSync } from "node:fs";
import { onlyPositional, parseArguments } from "./arguments.ts";
import { parametersOf, readTemplates } from "./deploy.ts";
import { openDeployClient, type DeployClient } from "./deploy/deploy-client.ts";
import { consoleText, deployStack, isGood, resultText } from "./deploy/deploy-stack.ts";
import { readSource } from "./deploy/read-source.ts";
import { ExecutionsLive } from "./dev/executions-live.ts";
import { watchFolder } from "./dev/watch-folder.ts";
import type { Command } from "./main.ts";
import { durationText, styled } from "./terminal.ts";

const help = `Deploy a template to a running server, again each time it or its code changes, and show its executions.

Usage: stepwell dev PATH [OPTIONS]

PATH is what 'stepwell deploy' takes. Of the CDK it is the folder with cdk.out: run 'cdk synth' or 'cdk watch' beside it.

Options:
  --stack NAME       The stack's name; absent: the folder's, or that which the CDK or serverless.yml gives
  --parameter K=V    The value of a parameter; may be repeated
  --region REGION    The Region of the stack; AWS_REGION, AWS_DEFAULT_REGION, else us-east-1
  --endpoint URL     The server; AWS_ENDPOINT_URL, else the one over the data directory here, else http://127.0.0.1:8083
  --help, -h         Show this

Ctrl+C ends it; what is deployed stays.
`;

/** Our choice: how often executions are looked at. */
const lookMs = 500;

interface DevOptions {
  readonly path: string;
  readonly stack: string | undefined;
  readonly parameters: { readonly [name: string]: string };
}

/** `stepwell dev` */
export const dev: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      stack: { type: "string" },
      parameter: { type: "string", multiple: true },
      region: { type: "string" },
      endpoint: { type: "string" },
    });
    const path = resolve(onlyPositional(positionals, "PATH"));
    const client = await openDeployClient(values);
    const options = { path, stack: values.stack, parameters: parametersOf(values.parameter) };
    const ending = new AbortController();
    process.once("SIGINT", () => ending.abort());
    process.once("SIGTERM", () => ending.abort());
    await watchAndDeploy(options, client, ending.signal, (text) => process.stdout.write(text));
    return 0;
  },
};

/** Deploys, and again with each change, until `signal` ends. What cannot be deployed is told, and tried again with the next change. */
export async function watchAndDeploy(
  options: DevOptions,
  client: DeployClient,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<void> {
  const { path } = options;
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
  let stackNames = await deployed(options, client, tell);
  const live = new ExecutionsLive(client);
  watchFolder(
    folder,
    async (files) => {
      tell(`${styled(process.stdout, "dim", `${files.slice(0, 3).join(", ")} changed`)}\n`);
      stackNames = await deployed(options, client, tell, stackNames);
    },
    signal,
  );
  tell(`Watching ${folder}. Ctrl+C ends it.\n`);
  while (!signal.aborted) {
    for (const line of await live.news(stackNames).catch(() => [])) tell(`${line}\n`);
    await pause(lookMs, signal);
  }
}

async function deployed(
  { path, stack, parameters }: DevOptions,
  client: DeployClient,
  tell: (text: string) => void,
  before: readonly string[] = [],
): Promise<readonly string[]> {
  const beganAt = performance.now();
  const places: string[] = [];
  try {
    const sources = readTemplates(() => readSource(path, { stack }));
    for (const source of sources) {
      const result = await deployStack(source, client, {
        parameters,
        isDryRun: false,
        isStrict: false,
        // What is done is in the plan: what happens to each resource is told where it goes wrong.
        tell: (text) => (text.includes("_IN_PROGRESS") ? undefined : tell(text)),
      });
      // Where to look is told once, with the first deployment, and where something has gone wrong.
      if (before.length === 0 || !isGood(result.status)) places.push(consoleText(result));
      if (!isGood(result.status)) {
        tell(resultText(result) + places.join(""));
        return sources.map(({ stackName }) => stackName);
      }
    }
    tell(
      `${styled(process.stdout, "green", "Deployed")} in ${durationText(performance.now() - beganAt)}\n${places.join("")}`,
    );
    return sources.map(({ stackName }) => stackName);
  } catch (error) {
    // Whoever works on a template goes on with it, whatever is wrong.
    const { message } = error as Error;
    tell(`${styled(process.stdout, "red", message)}\n`);
    return before;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", ended);
      done();
    }, milliseconds);
    const ended = () => {
      clearTimeout(timer);
      done();
    };
    if (signal.aborted) ended();
    else signal.addEventListener("abort", ended, { once: true });
  });
}
