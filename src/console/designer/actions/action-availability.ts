import { parseResource } from "../../../asl/resources/parse-resource.ts";
import { calledClient } from "../../../integrations/called-client.ts";
import { standInFinder } from "../../../integrations/stand-ins/match-resource.ts";
import type { ActionAvailability, TaskAction } from "../../view-types.ts";
import type { DesignerSettings } from "../designer-settings.ts";
import { ownService } from "./catalogue.ts";

/** What an action of Stepwell's own needs of the configuration. A webhook needs nothing: without a public URL it has the server's. */
const needed = {
  run: "commands",
  mail: "mail",
  sql: "databases",
} as const satisfies Readonly<Record<string, keyof DesignerSettings>>;

/** The client of the AWS SDK that an action is called with, as SDK integrations name it; `undefined`: none is needed. */
export function clientOf({ resources, picks }: TaskAction): string | undefined {
  if (picks === "function") return "lambda";
  const [arn] = Object.values(resources);
  const { resource } = arn === undefined ? { resource: undefined } : parseResource(arn);
  return resource && calledClient(resource)?.client;
}

/** Says of an action whether it can be called, with who answers for its client; for a server that is configured so. */
export function availabilityBy(
  settings: DesignerSettings,
): (action: TaskAction, client: ActionAvailability | undefined) => ActionAvailability {
  const standIn = standInFinder(settings.standIns ?? {});
  const hasFunctions =
    settings.functionsFolder !== undefined || Object.keys(settings.functions ?? {}).length > 0;
  return ({ id, resources }, client) => {
    const [service, name = ""] = id.split(":");
    if (service === ownService) return own(name, settings);
    const isReplaced = Object.values(resources).some((arn) => {
      const { resource } = parseResource(arn);
      return resource?.kind === "service" && standIn(resource) !== undefined;
    });
    if (isReplaced) return { to: "standIn", because: "the configuration's standIns" };
    // Functions that are here are called here, whoever answers for others.
    if (service === "lambda" && hasFunctions && client?.to !== "AWS") return { to: "here" };
    return client ?? { to: "here" };
  };
}

function own(name: string, settings: DesignerSettings): ActionAvailability {
  const missing = Object.hasOwn(needed, name) ? needed[name as keyof typeof needed] : undefined;
  if (missing === undefined) return { to: "here" };
  const value = settings[missing];
  const isThere = typeof value === "object" ? Object.keys(value).length > 0 : value !== undefined;
  return isThere ? { to: "here" } : { to: "nowhere", missing };
}
