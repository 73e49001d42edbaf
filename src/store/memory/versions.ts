import type { AliasRecord, Page, PageRequest, VersionRecord } from "../../ports/store.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";

/** The versions and aliases of state machines, each by the state machine's ARN. */
export interface HeldVersions {
  /** In the order of their numbers. */
  readonly versions: Map<string, VersionRecord[]>;
  readonly aliases: Map<string, Map<string, AliasRecord>>;
}

export function createHeldVersions(): HeldVersions {
  return { versions: new Map(), aliases: new Map() };
}

export function findVersion(
  held: HeldVersions,
  stateMachineArn: string,
  version: number,
): VersionRecord | undefined {
  return held.versions.get(stateMachineArn)?.find((each) => each.version === version);
}

export function addVersion(held: HeldVersions, record: VersionRecord): void {
  const versions = held.versions.get(record.stateMachineArn) ?? [];
  versions.push({ ...record });
  versions.sort((left, right) => left.version - right.version);
  held.versions.set(record.stateMachineArn, versions);
}

export function removeVersion(held: HeldVersions, stateMachineArn: string, version: number): void {
  const left = held.versions.get(stateMachineArn)?.filter((each) => each.version !== version);
  if (left !== undefined) held.versions.set(stateMachineArn, left);
}

/** A page of a state machine's versions, newest first. */
export function listVersions(
  held: HeldVersions,
  stateMachineArn: string,
  { limit, after }: PageRequest,
): Page<VersionRecord> {
  checkLimit(limit);
  const below = after === undefined ? Infinity : decodePosition(after).key;
  const rest = (held.versions.get(stateMachineArn) ?? [])
    .filter(({ version }) => version < below)
    .toReversed();
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || rest.length === items.length) return { items };
  return { items, next: encodePosition({ key: last.version, id: 0 }) };
}

export function putAlias(held: HeldVersions, record: AliasRecord): void {
  const aliases = held.aliases.get(record.stateMachineArn) ?? new Map<string, AliasRecord>();
  held.aliases.set(record.stateMachineArn, aliases.set(record.name, { ...record }));
}

/** Every alias of a state machine, by name. */
export function listAliases(held: HeldVersions, stateMachineArn: string): readonly AliasRecord[] {
  const aliases = [...(held.aliases.get(stateMachineArn)?.values() ?? [])];
  return aliases.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Forgets what a state machine that is deleted had. */
export function removeVersionsAndAliases(held: HeldVersions, stateMachineArn: string): void {
  held.versions.delete(stateMachineArn);
  held.aliases.delete(stateMachineArn);
}
