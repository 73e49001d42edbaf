import { type IamAccount, iamArn, parseIamArn } from "./iam-arns.ts";
import { type Held, type IamKind, type IamRecords, nameKey, type UserRecord } from "./records.ts";
import type { RecordMaps } from "./stored-records.ts";

/** What the directory holds at one moment: the files' records, and those of the store whose names no file has. */
export class DirectoryView {
  readonly account: IamAccount;
  readonly #stored: RecordMaps;
  readonly #files: RecordMaps;
  /** What others have worked out of this view; gone with it. */
  readonly derived = new Map<string, unknown>();

  constructor(account: IamAccount, stored: RecordMaps, files: RecordMaps) {
    this.account = account;
    this.#stored = stored;
    this.#files = files;
  }

  /** By its key: see {@link keyOfRecord}. */
  find<K extends IamKind>(kind: K, key: string): Held<IamRecords[K]> | undefined {
    return (this.#files[kind].get(key) ?? this.#stored[kind].get(key)) as
      Held<IamRecords[K]> | undefined;
  }

  /** By its name, whatever its case. */
  named<K extends Exclude<IamKind, "accessKey">>(kind: K, name: string): IamRecords[K] | undefined {
    return this.find(kind, nameKey(name))?.record;
  }

  /** The record whose ARN this is, with its path, in this account. */
  byArn<K extends "user" | "group" | "role" | "policy">(
    kind: K,
    arn: string,
  ): IamRecords[K] | undefined {
    const parsed = parseIamArn(arn);
    if (parsed === undefined || parsed.kind !== kind) return undefined;
    const record = this.named(kind, parsed.name);
    // The case of a name in an ARN does matter.
    return record !== undefined && iamArn(this.account, kind, record) === arn ? record : undefined;
  }

  /** All of a kind in the order of their names. */
  all<K extends IamKind>(kind: K): readonly IamRecords[K][] {
    const merged = new Map<string, Held<unknown>>([...this.#stored[kind], ...this.#files[kind]]);
    return [...merged]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, { record }]) => record as IamRecords[K]);
  }

  /** Those who are in a group. */
  membersOf(groupName: string): readonly UserRecord[] {
    const key = nameKey(groupName);
    return this.all("user").filter(({ groups }) => groups.some((name) => nameKey(name) === key));
  }
}
