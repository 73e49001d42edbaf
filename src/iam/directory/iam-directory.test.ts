import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LogFields } from "../../ports/logger.ts";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { type IamDirectory, openIamDirectory } from "./iam-directory.ts";
import type { UserRecord } from "./records.ts";

const account = { partition: "aws", accountId: "123456789012" };

function user(name: string, more: Partial<UserRecord> = {}): UserRecord {
  return {
    name,
    path: "/",
    id: `AIDA${name}`,
    createdAt: 0,
    tags: {},
    inlinePolicies: {},
    attachedPolicies: [],
    groups: [],
    ...more,
  };
}

const opened: IamDirectory[] = [];
const logged: { readonly message: string; readonly fields: LogFields | undefined }[] = [];
const note = (message: string, fields?: LogFields): void => void logged.push({ message, fields });
const logger = { debug() {}, info() {}, warn: note, error: note };

function open(store = createMemoryStore(), folder?: string): IamDirectory {
  const directory = openIamDirectory({ ...account, store, logger, folder });
  opened.push(directory);
  return directory;
}

afterEach(() => {
  for (const directory of opened.splice(0)) directory.close();
  logged.length = 0;
});

describe("a directory over a store", () => {
  test("finds by name whatever its case, and by ARN only as it is written", async () => {
    const directory = open();
    await directory.change("user", "alice", () => user("Alice", { path: "/staff/" }));
    const view = await directory.view();
    expect(view.named("user", "ALICE")?.name).toBe("Alice");
    const arn = "arn:aws:iam::123456789012:user/staff/Alice";
    expect(view.byArn("user", arn)?.name).toBe("Alice");
    for (const wrong of [
      "arn:aws:iam::123456789012:user/Alice",
      "arn:aws:iam::123456789012:user/staff/alice",
      "arn:aws:iam::999999999999:user/staff/Alice",
      "arn:aws:iam::123456789012:role/staff/Alice",
      "Alice",
    ]) {
      expect(view.byArn("user", wrong), wrong).toBeUndefined();
    }
  });

  test("sees its own change at once, and another process's once it is told to forget", async () => {
    const store = createMemoryStore();
    const [one, other] = [open(store), open(store)];
    await one.change("user", "a", () => user("a"));
    await other.view();
    await one.change("user", "b", () => user("b"));
    const names = async (directory: IamDirectory) =>
      (await directory.view()).all("user").map(({ name }) => name);
    expect(await names(one)).toEqual(["a", "b"]);
    expect(await names(other)).toEqual(["a"]);
    other.forget();
    expect(await names(other)).toEqual(["a", "b"]);
    expect(other.view()).not.toBeInstanceOf(Promise);
  });

  test("loses no change of two processes that change one record at once", async () => {
    const store = createMemoryStore();
    const [one, other] = [open(store), open(store)];
    await one.change("user", "a", () => user("a"));
    await Promise.all([one.view(), other.view()]);
    const add = (directory: IamDirectory, group: string) =>
      directory.change("user", "a", (present) =>
        present === undefined ? undefined : { ...present, groups: [...present.groups, group] },
      );
    await Promise.all([add(one, "1"), add(other, "2"), add(one, "3"), add(other, "4")]);
    one.forget();
    const groups = (await one.view()).named("user", "a")?.groups ?? [];
    expect(groups.toSorted()).toEqual(["1", "2", "3", "4"]);
  });

  test("writes nothing where the change refuses, or changes nothing", async () => {
    const store = createMemoryStore();
    const directory = open(store);
    await directory.change("user", "a", () => user("a"));
    const refusal = new Error("no");
    await expect(
      directory.change("user", "a", () => {
        throw refusal;
      }),
    ).rejects.toBe(refusal);
    await directory.change("user", "a", (present) => present);
    expect((await store.document("iam.user", "a"))?.version).toBe(1);
  });
});

describe("a directory with a folder", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "stepwell-iam-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (file: string, value: unknown): void =>
    writeFileSync(join(folder, file), typeof value === "string" ? value : JSON.stringify(value));
  const document = { Version: "2012-10-17", Statement: [] };

  test("has what its files say, as get-account-authorization-details or get-role print it", async () => {
    write("account.json", {
      UserDetailList: [
        {
          UserName: "alice",
          GroupList: ["ops"],
          UserPolicyList: [{ PolicyName: "p", PolicyDocument: document }],
          AttachedManagedPolicies: [{ PolicyName: "A", PolicyArn: "arn:aws:iam::aws:policy/A" }],
          Tags: [{ Key: "team", Value: "blue" }],
        },
      ],
      GroupDetailList: [{ GroupName: "ops" }],
      Policies: [
        {
          PolicyName: "Shared",
          DefaultVersionId: "v2",
          PolicyVersionList: [
            { VersionId: "v1", Document: document },
            { VersionId: "v2", Document: JSON.stringify(document), IsDefaultVersion: true },
          ],
        },
      ],
    });
    write("role.json", { Role: { RoleName: "Orders", AssumeRolePolicyDocument: document } });
    const view = await open(undefined, folder).view();
    expect(view.named("user", "alice")).toMatchObject({
      groups: ["ops"],
      inlinePolicies: { p: JSON.stringify(document) },
      attachedPolicies: ["arn:aws:iam::aws:policy/A"],
      tags: { team: "blue" },
    });
    expect(view.named("role", "Orders")).toMatchObject({ maxSessionSeconds: 3_600, path: "/" });
    expect(view.named("policy", "Shared")).toMatchObject({ defaultVersionId: "v2" });
    expect(view.membersOf("OPS").map(({ name }) => name)).toEqual(["alice"]);
  });

  test("hides by a file what the store has under its name, and changes nothing that a file says", async () => {
    const store = createMemoryStore();
    await open(store).change("user", "alice", () => user("alice"));
    write("users.json", { UserDetailList: [{ UserName: "Alice", Path: "/file/" }] });
    const directory = open(store, folder);
    expect((await directory.view()).named("user", "alice")?.path).toBe("/file/");
    await expect(directory.change("user", "alice", () => undefined)).rejects.toMatchObject({
      reason: "file",
    });
    expect(await store.document("iam.user", "alice")).toBeDefined();
  });

  test("takes up a changed file, and keeps what a file said while it is wrong", async () => {
    const saying = (Path: string) => ({ UserDetailList: [{ UserName: "alice", Path }] });
    write("users.json", saying("/1/"));
    const directory = open(undefined, folder);
    const path = async () => (await directory.view()).named("user", "alice")?.path;
    expect(await path()).toBe("/1/");
    write("users.json", saying("/2/"));
    await expect.poll(path).toBe("/2/");
    write("users.json", { UserDetailList: [{ UserName: 7 }] });
    await expect
      .poll(() => logged.at(-1)?.fields?.["problem"])
      .toBe("$.UserDetailList[0].UserName is no text");
    expect(await path()).toBe("/2/");
    rmSync(join(folder, "users.json"));
    await expect.poll(path).toBeUndefined();
  });

  test.each([
    ["{", /JSON/],
    [[], /^\$ is no object$/],
    [{ Users: [] }, /^\$\.Users is none of UserDetailList/],
    [{ Role: { RoleName: "R" } }, /^\$\.Role\.AssumeRolePolicyDocument is no object$/],
    [{ Role: { RoleName: "a b", AssumeRolePolicyDocument: {} } }, /RoleName is no name of IAM$/],
    [
      { Policies: [{ PolicyName: "P", PolicyVersionList: [] }] },
      /PolicyVersionList has no version$/,
    ],
  ])("says what is wrong with a file, and where: %j", async (content, problem) => {
    write("wrong.json", content);
    await open(undefined, folder).view();
    expect(logged[0]?.fields).toMatchObject({ file: "wrong.json" });
    expect(String(logged[0]?.fields?.["problem"])).toMatch(problem);
  });
});
