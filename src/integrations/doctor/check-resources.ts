import { parseResource } from "../../asl/resources/parse-resource.ts";
import { calledClient } from "../called-client.ts";
import { installCommand } from "../aws/call-failures.ts";
import { endpointVariable } from "../aws/aws-connections.ts";
import { createClientModules } from "../aws/client-modules.ts";
import { sdkOperation } from "../aws/sdk-call.ts";
import { createLocalFunctions } from "../functions/local-functions.ts";
import { standInFinder } from "../stand-ins/match-resource.ts";
import { type DoctorSettings, hasFunctions, type IntegrationReport } from "./integration-report.ts";
import { ownReports } from "./own-reports.ts";
import { standInText } from "./stand-in-text.ts";
import { createWhoAnswers, type WhoAnswers } from "./who-answers.ts";

/** How tasks of each of these resources would be performed here; `arn:aws:states:::` may be left out. */
export async function resourceReports(
  texts: readonly string[],
  settings: DoctorSettings,
): Promise<readonly IntegrationReport[]> {
  const whoAnswers = createWhoAnswers(settings);
  const reports: IntegrationReport[] = [];
  for (const text of texts) reports.push(await resourceReport(text, settings, whoAnswers));
  return reports;
}

async function resourceReport(
  text: string,
  settings: DoctorSettings,
  whoAnswers: WhoAnswers,
): Promise<IntegrationReport> {
  const arn = isName.test(text)
    ? text.startsWith("stepwell:")
      ? `arn:stepwell:states:::${text.slice("stepwell:".length)}`
      : `arn:aws:states:::${text}`
    : text;
  const parsed = parseResource(arn);
  const base = { name: text, resources: arn };
  const { resource } = parsed;
  if (resource === undefined) {
    return { ...base, usable: false, way: "none", because: parsed.message };
  }
  if (resource.kind === "activity") {
    const because = "workers ask this server for tasks";
    return { ...base, usable: true, way: "this server", because };
  }
  const standIn = standInFinder(settings.standIns ?? {})(resource);
  if (standIn !== undefined) {
    return { ...base, usable: true, way: "stand-in", because: standInText(standIn) };
  }
  if (resource.kind === "lambda") {
    const name = /function:([A-Za-z0-9_-]+)/.exec(arn)?.[1] ?? arn.split(":")[1] ?? "";
    if (hasFunction(name, settings)) {
      return { ...base, usable: true, way: "local functions", because: `the function ${name}` };
    }
  }
  if (resource.kind === "service" && resource.resourceType === "lambda" && hasFunctions(settings)) {
    const because = "functions here come first";
    return { ...base, usable: true, way: "local functions", because };
  }
  const called = calledClient(resource);
  if (called === undefined) {
    const own = ownReports(settings).find(({ resources }) => isAmong(arn, resources));
    return own === undefined
      ? { ...base, usable: true, way: "this server", because: "this engine's own API" }
      : { ...own, ...base };
  }
  const { client, packageName, isSdk } = called;
  const answering = await whoAnswers(client);
  switch (answering.to) {
    case "notInstalled":
      return {
        ...base,
        usable: false,
        way: "none",
        because: `${packageName} is not installed`,
        todo: installCommand(packageName),
      };
    case "nowhere": {
      const { because, serviceId = "" } = answering;
      const todo = `configure credentials for AWS, or an endpoint: ${endpointVariable(serviceId)}=http://…`;
      return { ...base, usable: false, way: "none", because, todo };
    }
    case "AWS":
    case "standIn": {
      const way = answering.to === "AWS" ? "AWS" : "endpoint";
      const usable = { ...base, usable: true, way, because: answering.because } as const;
      if (!isSdk || resource.kind !== "service") return usable;
      // Of the API as it is, only its client knows what operations it has.
      const module = await createClientModules(settings.clientsFolder).load(client);
      if (module === undefined) return usable;
      const operation = sdkOperation(module, resource.action);
      if (operation === undefined) {
        const because = `the installed ${packageName} has no operation ${resource.action}`;
        return { ...base, usable: false, way: "none", because };
      }
      if (operation.schema === undefined) {
        const because = `the installed ${packageName} is too old: it does not describe what its operations take`;
        return { ...base, usable: false, way: "none", because, todo: installCommand(packageName) };
      }
      return usable;
    }
  }
}

/** `sqs:sendMessage.waitForTaskToken`, `aws-sdk:s3:getObject`. */
const isName =
  /^(?!arn:|function:|lambda:(?!invoke))(?:aws-sdk:)?[a-z0-9-]+:[A-Za-z0-9]+(?:\.[A-Za-z0-9:]+)?$/;

/** Whether the report is about the resource. */
function isAmong(arn: string, resources: string): boolean {
  const name = arn.replace(/^arn:aws:states:::/, "").replace(/\.(?:sync|waitForTaskToken).*$/, "");
  const [service = "", action = ""] = name.split(":");
  return resources === name || (resources.startsWith(`${service}:`) && resources.includes(action));
}

function hasFunction(name: string, settings: DoctorSettings): boolean {
  const functions = createLocalFunctions({
    configurationFolder: settings.configurationFolder ?? process.cwd(),
    region: settings.region,
    printed() {},
    ...(settings.functionsFolder === undefined
      ? {}
      : { functionsFolder: settings.functionsFolder }),
    ...(settings.functions === undefined ? {} : { functions: settings.functions }),
  });
  try {
    return functions.find(name) !== undefined;
  } finally {
    functions.close();
  }
}
