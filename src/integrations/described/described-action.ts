import type { IntegrationAction, ParameterTable } from "../../asl/resources/integration-action.ts";
import { integrationAction } from "../../asl/resources/optimized-integrations.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import { optimizedStyle, type ValueStyle } from "../aws/member-names.ts";
import type { ActionDescription, ServiceDescription, Wording } from "./description.ts";

/** All that is known of one action: what a definition may say of it, and how it is performed. */
export interface DescribedAction extends ActionDescription {
  readonly name: string;
  readonly patterns: IntegrationAction["patterns"];
  readonly parameters: ParameterTable;
  readonly style: ValueStyle;
}

/** The actions of a service by their names. */
export function describedActions({
  service,
  actions,
  wording,
}: ServiceDescription): ReadonlyMap<string, DescribedAction> {
  const values = shownValues(wording);
  return new Map(
    Object.entries(actions).map(([name, description]) => {
      const { patterns = [], parameters = {} } = integrationAction(service, name) ?? {};
      const texts = Object.keys(parameters).filter((key) => parameters[key]?.startsWith("json"));
      const style = optimizedStyle([...texts, ...(description.documents ?? [])], values);
      return [name, { ...description, name, patterns, parameters, style }];
    }),
  );
}

/** How a service shows values, and what is absent. */
export function shownValues(wording: Wording): Pick<ValueStyle, "times" | "absentLists"> {
  return wording.sdk === 2
    ? { times: "iso", absentLists: "absent" }
    : {
        times: "milliseconds",
        absentLists: wording.showsAbsentLists === true ? "empty" : "absent",
      };
}

/** Whether the action can be called in the way that the resource says. */
export function isOffered(
  { patterns, job }: DescribedAction,
  resource: Extract<TaskRequest["resource"], { kind: "service" }>,
): boolean {
  return patterns.includes(resource.pattern) && (job !== undefined || !isJob(resource));
}

/** Whether the task waits for the end of what it submits. */
export function isJob(resource: TaskRequest["resource"]): boolean {
  return (
    resource.kind === "service" && (resource.pattern === "sync" || resource.pattern === "sync:2")
  );
}
