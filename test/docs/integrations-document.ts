import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { IntegrationAction } from "../../src/asl/resources/integration-action.ts";
import { optimizedIntegrations } from "../../src/asl/resources/optimized-integrations.ts";
import { serviceErrorPrefix } from "../../src/integrations/aws/service-names.ts";
import type { ServiceDescription } from "../../src/integrations/described/description.ts";
import { descriptions } from "../../src/integrations/descriptions/descriptions.ts";

const tests = join(import.meta.dirname, "..");

/** `docs/integrations.md`, from what a definition may say of each integration and how each is performed. */
export function integrationsDocument(): string {
  const tested = { moto: againstMoto(), ours: againstOurs() };
  // Stepwell's own have another prefix, and a page of their own.
  const { stepwell: _, ...ofAws } = optimizedIntegrations;
  const services = Object.entries(ofAws).map(([service, actions]) =>
    serviceSection(service, actions, tested),
  );
  return `${introduction}\n\n${services.join("\n\n")}\n`;
}

const introduction = `<!-- Written by scripts/integrations-doc.mjs: npm run integrations:doc -->

# Service integrations

The optimized integrations, \`arn:aws:states:::<service>:<action>\`. Any other call of AWS is \`arn:aws:states:::aws-sdk:<service>:<action>\`,
with the client's own parameters. Stepwell's own resources, \`arn:stepwell:states:::<name>\`, are in [own-resources.md](own-resources.md).

- **Patterns**: – goes on as soon as the service has answered, \`.sync\` waits for the end of the job, \`.waitForTaskToken\` for
  \`SendTaskSuccess\` or \`SendTaskFailure\`.
- **Parameters**: those in bold a task cannot do without. Others than these are refused, as AWS refuses them.
- **Errors** have the prefix that is named with each service: \`ECS.ClusterNotFoundException\`. A job that fails is
  \`States.TaskFailed\`, with what describes it as the cause.
- **Tested**: *moto* is moto's server (\`npm run integrations\`), which nobody here wrote; *ours* a server of our tests, which answers as
  recordings and documentation say; neither is AWS. *its description*: its parameters and calls have been compared with those of the AWS
  SDK's client, and its way is that of the others. *by itself*: it is no description, and has tests of its own.
- **Without AWS** any of them can have a [stand-in](stand-ins.md) of yours: a command, a container, a function or a URL.`;

interface Tested {
  readonly moto: ReadonlySet<string>;
  readonly ours: ReadonlySet<string>;
}

function serviceSection(
  service: string,
  actions: { readonly [action: string]: IntegrationAction },
  tested: Tested,
): string {
  const description = descriptions.find((one) => one.service === service);
  const items = Object.entries(actions).map(([action, language]) => {
    const patterns = language.patterns.map((pattern) =>
      pattern === "requestResponse" ? "–" : `\`.${pattern}\``,
    );
    const against = testedOf(service, action, tested);
    return `- \`${action}\` ${patterns.join(" ")} (tested: ${against})\n  ${parametersOf(language)}`;
  });
  return [
    `## \`${service}\``,
    "",
    `Errors: \`${errorPrefixOf(service, description)}.…\`. Without AWS: ${withoutAws(service)}.`,
    "",
    ...items,
  ].join("\n");
}

function parametersOf({ parameters, required = [] }: IntegrationAction): string {
  if (parameters === undefined) return required.map((name) => `**${name}**`).join(", ") || "–";
  return Object.entries(parameters)
    .map(([name, kind]) => (kind.endsWith("!") ? `**${name}**` : name))
    .join(", ");
}

/** Services whose client the registry here has only in a version that does not describe its operations. */
const withoutModel = ["emr-containers"];

function testedOf(service: string, action: string, { moto, ours }: Tested): string {
  const resource = `${service}:${action}`;
  const description = descriptions.find((one) => one.service === service);
  const against = [
    ...(moto.has(resource) ? ["moto"] : []),
    ...(ours.has(resource) ? ["ours"] : []),
  ];
  if (against.length > 0) return against.join(", ");
  if (description === undefined || !Object.hasOwn(description.actions, action)) return "by itself";
  return withoutModel.includes(service) ? "not yet" : "its description";
}

/** Of services that no description performs. */
const otherPrefixes: { readonly [service: string]: string } = {
  apigateway: "ApiGateway",
  http: "States.Http",
  lambda: "Lambda",
};

/** The service ids of the clients whose names are the prefixes. */
const serviceIds: { readonly [client: string]: string } = {
  emrserverless: "EMR Serverless",
  eventbridge: "EventBridge",
  mediaconvert: "MediaConvert",
};

function errorPrefixOf(service: string, description: ServiceDescription | undefined): string {
  if (description === undefined) return otherPrefixes[service] ?? service;
  const { wording, calls } = description;
  if (wording.errorPrefix !== undefined || calls === "this engine") {
    return wording.errorPrefix ?? service;
  }
  const id = serviceIds[calls.client];
  if (id === undefined) throw new Error(`${calls.client} has no service id here`);
  return serviceErrorPrefix(id);
}

const ways: { readonly [service: string]: string } = {
  apigateway: "any HTTP server, and a stand-in",
  eks: "`call` and `runJob` speak to any Kubernetes API; a stand-in",
  http: "it needs none",
  lambda: "[functions](functions.md) that run here",
  states: "this server itself",
};

function withoutAws(service: string): string {
  return ways[service] ?? "a [stand-in](stand-ins.md), or an endpoint such as moto or LocalStack";
}

/** What the tests against moto call: `ecs:runTask`. */
function againstMoto(): ReadonlySet<string> {
  return called(readFileSync(join(tests, "integrations/moto.test.ts"), "utf8"));
}

/** What the tests against servers of ours call. */
function againstOurs(): ReadonlySet<string> {
  const folder = join(tests, "contracts");
  const files = readdirSync(folder).filter((name) => /^task-handler-.*\.test\.ts$/.test(name));
  const texts = files.map((name) => readFileSync(join(folder, name), "utf8"));
  return new Set(texts.flatMap((text) => [...called(text)]));
}

function called(text: string): ReadonlySet<string> {
  const runs = text.matchAll(/(?:run|abort|resume)\(\s*"([a-z-]+:[A-Za-z]+)/g);
  const resources = text.matchAll(/serviceResource\(\s*"([a-z-]+)",\s*"([A-Za-z]+)"/g);
  return new Set([
    ...Array.from(runs, ([, resource = ""]) => resource),
    ...Array.from(resources, ([, service = "", action = ""]) => `${service}:${action}`),
  ]);
}
