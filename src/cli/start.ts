import { parseArguments } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { readSettings } from "./settings.ts";
import { serve } from "./serve.ts";

const help = `Run the server: the API of AWS Step Functions and the console, over a store in a folder
or, several servers together, in PostgreSQL.

Usage: stepwell start [OPTIONS]

Options:
  --port PORT        The port of the API; 8083 if absent, 0 for any that is free
  --host HOST        The address to listen on; 127.0.0.1 if absent, which only this machine reaches. Where others do, it
                     wants TLS and --auth required
  --data-dir DIR     The folder of the store, made where it is missing; .stepwell
  --store URL        A PostgreSQL database instead, postgres://USER:PASSWORD@HOST/DATABASE, which several servers
                     may share as a cluster; STEPWELL_STORE
  --cluster-host HOST
                     The address that the other nodes of a cluster reach this one by; the machine's name
  --cluster-port PORT
                     The port for the other nodes; any that is free
  --functions DIR    The folder of the local functions, a folder for each; ./functions if there is one
  --config FILE      Configuration; stepwell.config.json, .yaml or .mjs in the working directory
  --mock-config FILE Test cases that executions can be started as: STATE_MACHINE_ARN#CASE; SFN_MOCK_CONFIG
  --wait-time-scale N
                     What waits and retry delays are multiplied by, 0 or more; WAIT_TIME_SCALE, else 1
  --stand-ins memory Answer SQS, SNS, EventBridge and DynamoDB tasks from memory, to try a definition without
                     AWS; not an emulator, and everything in it is gone after a restart
  --region REGION    The Region of calls without a signature, and of the examples; AWS_REGION, AWS_DEFAULT_REGION,
                     else us-east-1
  --account ID       The account in ARNs; 000000000000
  --auth MODE        open: nobody is asked who he is; required: every request must be signed. open if absent
  --tls-cert FILE    Serve HTTPS with this certificate; read again when it changes
  --tls-key FILE     The certificate's private key
  --insecure-listen  Listen where other machines reach it although it lacks TLS or --auth required
  --no-console       Leave the console out
  --examples         Deploy the examples that come with Stepwell, where the store has none of them;
                     --no-examples: leave them out
  --log-format json  Log a JSON object a line, for programs; text for people if absent
  --verbose          Log more
  --help, -h         Show this

Ctrl+C (SIGINT) or SIGTERM stops: running tasks may finish for a few seconds; a second one stops at once.
`;

/** `stepwell start`: serves until a signal or a failure ends it. */
export const start: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      port: { type: "string" },
      host: { type: "string" },
      "data-dir": { type: "string" },
      store: { type: "string" },
      "cluster-host": { type: "string" },
      "cluster-port": { type: "string" },
      functions: { type: "string" },
      config: { type: "string" },
      "mock-config": { type: "string" },
      "wait-time-scale": { type: "string" },
      "stand-ins": { type: "string" },
      region: { type: "string" },
      account: { type: "string" },
      auth: { type: "string" },
      "tls-cert": { type: "string" },
      "tls-key": { type: "string" },
      "insecure-listen": { type: "boolean" },
      examples: { type: "boolean" },
      console: { type: "boolean" },
      "log-format": { type: "string" },
      verbose: { type: "boolean" },
    });
    if (positionals.length > 0)
      throw new UsageError(`start takes options only, not '${positionals.join(" ")}'.`);
    const { "log-format": logFormat = "text" } = values;
    if (logFormat !== "text" && logFormat !== "json") {
      throw new UsageError(`--log-format is text or json, not '${logFormat}'.`);
    }
    return await serve({
      settings: await readSettings(values),
      examples: values.examples === true,
      verbose: values.verbose === true,
      logFormat,
      console: values.console !== false,
    });
  },
};
