import { open } from "node:fs/promises";

/** A file that only grows, but for what a failed write has left of itself. */
export interface AppendedFile {
  append(bytes: Uint8Array): Promise<void>;
  truncate(size: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it, and makes it where it is not there. */
export type OpenAppended = (path: string) => Promise<AppendedFile>;

export const openAppended: OpenAppended = async (path) => {
  const file = await open(path, "a", 0o600);
  return {
    append: (bytes) => file.appendFile(bytes),
    truncate: (size) => file.truncate(size),
    sync: () => file.datasync(),
    close: () => file.close(),
  };
};
