import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { ArnScope } from "../../machine/arns.ts";
import { ServiceError } from "../../ports/service-api.ts";
import type { Ticker } from "../schedules/ticker.ts";
import { busOf, defaultBus, documentId } from "./event-arns.ts";
import type { EventBuses } from "./event-buses.ts";
import type { ArchiveRecord, BusRecord, RuleRecord } from "./records.ts";
import type { Replays } from "./replays.ts";
import type { RuleBook } from "./rule-book.ts";

/** What EventBridge's operations work with. */
export interface EventsContext {
  readonly book: RuleBook;
  readonly buses: EventBuses;
  readonly ticker: Ticker;
  readonly replays: Replays;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
}

export function notFound(what: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", `${what} does not exist.`);
}

export function alreadyExists(what: string): ServiceError {
  return new ServiceError("ResourceAlreadyExistsException", `${what} already exists.`);
}

export function limitExceeded(): ServiceError {
  return new ServiceError(
    "LimitExceededException",
    "The requested resource exceeds the maximum number allowed.",
  );
}

/** The bus of an operation, which has to be there. Its record is absent for the default one that nobody has changed. */
export async function foundBus(
  { book }: Pick<EventsContext, "book">,
  given: string | undefined,
  scope: ArnScope,
): Promise<{ readonly region: string; readonly name: string; readonly record?: BusRecord }> {
  const { region, name } = busOf(given, scope);
  const record = await book.buses.get(documentId(region, name));
  if (record === undefined && name !== defaultBus) throw notFound(`Event bus ${name}`);
  return { region, name, ...(record !== undefined && { record }) };
}

export async function foundArchive(
  { book }: Pick<EventsContext, "book">,
  name: string,
  { region }: ArnScope,
): Promise<ArchiveRecord> {
  const archive = await book.archives.get(documentId(region, name));
  if (archive === undefined) throw notFound(`Archive ${name}`);
  return archive;
}

export function noRule(name: string, bus: string): ServiceError {
  return new ServiceError(
    "ResourceNotFoundException",
    `Rule ${name} does not exist on EventBus ${bus}.`,
  );
}

/** Changes a rule that is there. */
export async function updateRule(
  { book }: Pick<EventsContext, "book">,
  given: { readonly bus: string | undefined; readonly name: string },
  scope: ArnScope,
  change: (rule: RuleRecord) => RuleRecord,
): Promise<RuleRecord> {
  const { region, name: bus } = busOf(given.bus, scope);
  const changed = await book.rules.updated(documentId(region, bus, given.name), (rule) => {
    if (rule === undefined) throw noRule(given.name, bus);
    return change(rule);
  });
  book.forget();
  return changed as RuleRecord;
}

/** A member that has to be there where something is made. */
export function given<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new ServiceError(
    "ValidationException",
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}
