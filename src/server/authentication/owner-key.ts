import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Credentials, KnownKey } from "../../iam/directory/credentials.ts";

/** What is in `owner.json`: how whoever may read the data directory signs as the owner of the server that runs over it. */
export interface OwnerKey {
  /** `https://127.0.0.1:8083`: the key is for this server only. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface WrittenOwnerKey {
  readonly secretAccessKey: string;
  /** Knows the owner's key, and leaves all others to those. */
  readonly credentials: Credentials;
  /** The key is worth nothing any more, and its file is gone. */
  remove(): void;
}

const fileName = "owner.json";

/** Makes a key that is valid as long as this process and writes it to the folder, readable by its owner only. */
export function writeOwnerKey(
  folder: string,
  endpoint: string,
  others: Credentials = noCredentials,
): WrittenOwnerKey {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, fileName);
  const key: OwnerKey = {
    endpoint,
    // Of the form that clients take for a key's id.
    accessKeyId: `AKIAOWNER${randomBytes(8).toString("hex").slice(0, 11).toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64"),
  };
  // One that was left by a process that was killed may be readable by others: a file keeps its mode when it is written.
  rmSync(path, { force: true });
  writeFileSync(path, `${JSON.stringify(key, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
  const known: KnownKey = { secretAccessKey: key.secretAccessKey, principal: { type: "owner" } };
  return {
    secretAccessKey: key.secretAccessKey,
    credentials: {
      keyOf: (id) => (id === key.accessKeyId ? known : others.keyOf(id)),
      openSession: (token) => others.openSession(token),
      used: (id, use) => {
        if (id !== key.accessKeyId) others.used?.(id, use);
      },
    },
    remove() {
      // Another process over the same folder may have written its own meanwhile.
      if (readOwnerKey(folder)?.accessKeyId === key.accessKeyId) rmSync(path, { force: true });
    },
  };
}

/** `undefined`: there is none, it cannot be read, or it is no such file. */
export function readOwnerKey(folder: string): OwnerKey | undefined {
  try {
    const key = JSON.parse(readFileSync(join(folder, fileName), "utf8")) as Partial<OwnerKey>;
    const { endpoint, accessKeyId, secretAccessKey } = key;
    return typeof endpoint === "string" &&
      typeof accessKeyId === "string" &&
      typeof secretAccessKey === "string"
      ? { endpoint, accessKeyId, secretAccessKey }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Where there are no users: only the owner can call. */
export const noCredentials: Credentials = {
  keyOf: () => undefined,
  openSession: () => undefined,
};
