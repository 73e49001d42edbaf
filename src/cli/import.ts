import type { AwsCredentials } from "../integrations/aws/signature.ts";
import { parseArguments } from "./arguments.ts";
import { openDeployClient } from "./deploy/deploy-client.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import { type Account, openAccount } from "./importing/account.ts";
import { importAccount } from "./importing/import-account.ts";
import type { Command } from "./main.ts";
import { credentialsFor } from "./signed-fetch.ts";

const help = `Import state machines and activities from an account of AWS into a running server.

Usage: stepwell import [OPTIONS]

Takes each state machine with its versions, aliases, tags, logging and tracing, and each activity; they are only read there. The history of
each running execution is written to a file that the console can import. Begun again, it goes on.

Options:
  --profile NAME     The profile of AWS's configuration whose credentials are used there; AWS_PROFILE, else what the AWS SDK finds
  --region REGION    The Region, there and here; AWS_REGION, else the profile's
  --only NAME        Only the state machine or the activity of this name; may be repeated
  --histories DIR    Where histories are written; imported-histories
  --no-histories     Write none
  --dry-run          Show what there is, and import nothing
  --endpoint URL     The server; AWS_ENDPOINT_URL, else the one over the data directory here, else http://127.0.0.1:8083
  --from URL         Another Step Functions instead of AWS's, as that of another server
  --help, -h         Show this

Exit status: 0 done, 1 something could not be imported, 2 the command line was wrong.
`;

/** `stepwell import`. No variable can have that name, but what is exported can. */
const importCommand: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      profile: { type: "string" },
      region: { type: "string" },
      only: { type: "string", multiple: true },
      histories: { type: "string" },
      "no-histories": { type: "boolean" },
      "dry-run": { type: "boolean" },
      endpoint: { type: "string" },
      from: { type: "string" },
    });
    const [unknown] = positionals;
    if (unknown !== undefined) {
      throw new UsageError(
        `'${unknown}' belongs to nothing; name a state machine with --only NAME.`,
      );
    }
    const source = await openSource(values);
    const client = await openDeployClient({ endpoint: values.endpoint, region: source.region });
    const target = openAccount({
      region: source.region,
      endpoint: client.endpoint,
      credentials: async () => (await credentialsFor(new URL(client.endpoint))) ?? anybody,
    });
    const failures = await importAccount({
      source,
      target,
      only: values.only,
      histories:
        values["no-histories"] === true ? undefined : (values.histories ?? "imported-histories"),
      isDryRun: values["dry-run"] === true,
      tell: (line) => process.stdout.write(`${line}\n`),
    });
    return failures === 0 ? 0 : 1;
  },
};

export { importCommand as import };

/** Who a request is from where nobody is asked: the Region is in a signature only. */
const anybody: AwsCredentials = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };

async function openSource(values: {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly from?: string | undefined;
}): Promise<Account> {
  const { profile, from } = values;
  if (from !== undefined && !URL.canParse(from)) {
    throw new UsageError(`--from '${from}' is no address.`);
  }
  const named = {
    ...(profile !== undefined && { profile }),
    ...(values.region !== undefined && { region: values.region }),
  };
  // Any client finds credentials and the Region; this one ships.
  const { LambdaClient } = await import("@aws-sdk/client-lambda");
  const { config } = new LambdaClient(named);
  const region = await config.region().catch(() => {
    throw new UsageError("No Region is configured: name one with --region REGION.");
  });
  const credentials = () =>
    config.credentials().catch((error: unknown) => {
      if (from !== undefined) return anybody;
      throw new CommandFailure(
        `There are no credentials for AWS: ${error instanceof Error ? error.message : String(error)}. Name a profile with --profile NAME.`,
      );
    });
  return openAccount({ region, endpoint: from ?? awsEndpoint(region), credentials });
}

/** *Documented*: the endpoints of Step Functions. */
function awsEndpoint(region: string): string {
  return `https://states.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}
