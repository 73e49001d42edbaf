import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readZip, ZipError } from "../archive/read-zip.ts";
import type { CodeStore } from "./code-store.ts";
import { hexOf } from "./function-record.ts";

/** What is being unpacked has a name of its own until it is whole. */
const unfinishedPrefix = ".unpacking-";

/** Our choice: unpacking takes less, also where another process that shares the folder does it. */
const oldMs = 3_600_000;

/** Archives as folders of this machine, each by its checksum; unpacked when it is first needed. */
export class UnpackedCode {
  readonly #folder: string;
  readonly #code: CodeStore;
  readonly #unpacking = new Map<string, Promise<string>>();

  constructor(folder: string, code: CodeStore) {
    this.#folder = folder;
    this.#code = code;
  }

  /** The folder with an archive's files. Rejects with a {@link ZipError} that says why there is none. */
  folderOf(codeSha256: string): Promise<string> {
    const known = this.#unpacking.get(codeSha256);
    if (known !== undefined) return known;
    const unpacked = this.#unpack(codeSha256);
    this.#unpacking.set(codeSha256, unpacked);
    void unpacked.then(
      () => this.#unpacking.delete(codeSha256),
      () => this.#unpacking.delete(codeSha256),
    );
    return unpacked;
  }

  /** The names of folders that are there: checksums in hexadecimal, and what somebody has left unfinished. */
  async folders(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const found: string[] = [];
    for (const name of names) {
      const isLeft = name.startsWith(unfinishedPrefix) && (await this.#isOld(name));
      if (isLeft || /^[0-9a-f]{64}$/.test(name)) found.push(name);
    }
    return found;
  }

  async #isOld(name: string): Promise<boolean> {
    const found = await stat(join(this.#folder, name)).catch(() => undefined);
    return found !== undefined && Date.now() - found.mtimeMs > oldMs;
  }

  async removeFolder(name: string): Promise<void> {
    await rm(join(this.#folder, name), { recursive: true, force: true });
  }

  async #unpack(codeSha256: string): Promise<string> {
    const target = join(this.#folder, hexOf(codeSha256));
    if (await isFolder(target)) return target;
    const archive = await this.#code.read(codeSha256);
    if (archive === undefined) throw new ZipError("Its code is not in the store");
    await mkdir(this.#folder, { recursive: true });
    // Without it Node would look in the folders above for what kind of modules these are.
    await writeFile(join(this.#folder, "package.json"), "{}\n");
    const unfinished = join(this.#folder, unfinishedPrefix + randomUUID());
    try {
      await mkdir(unfinished);
      for (const { path, isExecutable, read } of readZip(archive)) {
        const file = join(unfinished, ...path.split("/"));
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, await read(), { flag: "wx" });
        if (isExecutable) await chmod(file, 0o755);
      }
      await rename(unfinished, target);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      // Another process that shares the folder has been faster.
      if (!(await isFolder(target))) throw error;
    }
    return target;
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}
