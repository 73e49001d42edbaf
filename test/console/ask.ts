import type { OutgoingHttpHeaders } from "node:http";
import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { post, type Answer } from "../api/post.ts";

export interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: unknown;
}

/** A request to the console, or to what is beside it, as a page of the console makes it. `path` is sent as it is. */
export function ask(port: number, path: string, asked: Asked = {}): Promise<Answer> {
  const { method = "GET", headers, body = "" } = asked;
  return post(port, "", body, {
    method,
    path,
    headers: { "Content-Type": "application/json", ...headers },
  });
}

export function api(port: number, path: string, asked: Asked = {}): Promise<Answer> {
  return ask(port, `/console/api/${path}`, asked);
}

export const at = (arn: string): string => `executions/${encodeURIComponent(arn)}`;

/** A built console in a folder of its own, beside a file that is nobody's business. */
export function builtConsole(): string {
  const outside = mkdtempSync(join(tmpdir(), "stepwell-console-"));
  const folder = join(outside, "app");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(outside, "secret.txt"), "SECRET");
  writeFileSync(join(folder, "index.html"), '<script src="./assets/app-1a2b.js"></script>');
  writeFileSync(join(folder, "icon.svg"), "<svg/>");
  writeFileSync(join(folder, "assets", "app-1a2b.js"), "start()");
  writeFileSync(join(folder, "assets", "app-1a2b.js.br"), brotliCompressSync("start()"));
  return folder;
}
