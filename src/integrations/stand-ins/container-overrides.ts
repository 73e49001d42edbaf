import { isJsonArray, isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import { memberAt } from "../jobs/member-at.ts";

/** What a task says of the container that it runs. */
export interface ContainerOverrides {
  readonly command: readonly string[];
  readonly environment: { readonly [name: string]: string };
}

/** Our choice: other names are none that a shell could read. */
const variableName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** Where ECS and Batch say it. *Documented*: RunTask, `overrides`; SubmitJob, `containerOverrides`. */
const places: { readonly [service: string]: string } = {
  ecs: "Overrides.ContainerOverrides.0",
  batch: "ContainerOverrides",
};

export function containerOverrides({ resource, parameters }: TaskRequest): ContainerOverrides {
  const place = resource.kind === "service" ? places[resource.resourceType] : undefined;
  const overrides = place === undefined ? undefined : memberAt(parameters.value, place);
  if (!isJsonObject(overrides ?? null)) return { command: [], environment: {} };
  const given = overrides as { readonly [name: string]: JsonValue };
  const command = ownMember(given, "Command");
  const environment = ownMember(given, "Environment");
  return {
    command: isJsonArray(command) ? command.map(text) : [],
    environment: Object.fromEntries(
      (isJsonArray(environment) ? environment : []).flatMap((pair) => {
        if (!isJsonObject(pair)) return [];
        const name = ownMember(pair, "Name");
        return typeof name === "string" && variableName.test(name)
          ? [[name, text(ownMember(pair, "Value") ?? "")]]
          : [];
      }),
    ),
  };
}

function text(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
