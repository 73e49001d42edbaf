import type { ArnScope } from "../../machine/arns.ts";

/** The bus that is there without having been made. */
export const defaultBus = "default";

function eventsArn({ partition, region, accountId }: ArnScope, resource: string): string {
  return `arn:${partition}:events:${region}:${accountId}:${resource}`;
}

export function busArn(scope: ArnScope, name: string): string {
  return eventsArn(scope, `event-bus/${name}`);
}

/** *Documented*: the name of the bus is in it but for the default. */
export function ruleArn(scope: ArnScope, bus: string, name: string): string {
  return eventsArn(scope, `rule/${bus === defaultBus ? "" : `${bus}/`}${name}`);
}

export function archiveArn(scope: ArnScope, name: string): string {
  return eventsArn(scope, `archive/${name}`);
}

export function replayArn(scope: ArnScope, name: string): string {
  return eventsArn(scope, `replay/${name}`);
}

/** Connections and API destinations have an id at the end, which is another for each that is made. */
export function idArn(
  scope: ArnScope,
  kind: "connection" | "api-destination",
  { name, id }: { readonly name: string; readonly id: string },
): string {
  return eventsArn(scope, `${kind}/${name}/${id}`);
}

/** A bus by its name or its ARN; `undefined`: the default one. */
export function busOf(
  nameOrArn: string | undefined,
  { region }: ArnScope,
): { readonly region: string; readonly name: string } {
  const [, ofArn, name] =
    /^arn:[^:]+:events:([^:]+):[^:]*:event-bus\/(.+)$/.exec(nameOrArn ?? "") ?? [];
  return { region: ofArn ?? region, name: name ?? nameOrArn ?? defaultBus };
}

/** What a rule's ARN names. */
export function ruleOfArn(
  arn: string,
): { readonly region: string; readonly bus: string; readonly name: string } | undefined {
  const [, region, path] = /^arn:[^:]+:events:([^:]+):[^:]*:rule\/(.+)$/.exec(arn) ?? [];
  if (region === undefined || path === undefined) return undefined;
  const slash = path.lastIndexOf("/");
  return {
    region,
    bus: slash === -1 ? defaultBus : path.slice(0, slash),
    name: path.slice(slash + 1),
  };
}

/** Names have no such character. */
const separator = "|";

/** Ids of documents: what is of one Region, or of one bus, is together. */
export function documentId(...parts: readonly string[]): string {
  return parts.join(separator);
}
