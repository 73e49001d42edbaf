import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { pipeline } from "node:stream";

/**
 * Nothing comes from elsewhere, nothing goes there, nobody frames it. Styles that a script sets on an element are not
 * inline styles to the policy.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** The console's files: those with a hash in their name for ever, the page itself anew each time. */
export class StaticFiles {
  readonly #folder: string;
  readonly #basePath: string;
  readonly #version: string;

  constructor(folder: string, basePath: string, version: string) {
    this.#folder = folder;
    this.#basePath = basePath;
    this.#version = version;
  }

  /**
   * Names what is served now: another version of Stepwell, or other files of the console, have another. The names of all files
   * hang together by their hashes, so the page's own text stands for them.
   */
  get build(): string {
    const page = join(this.#folder, "index.html");
    const text = existsSync(page) ? readFileSync(page) : "";
    return createHash("sha256").update(this.#version).update(text).digest("hex").slice(0, 16);
  }

  get isBuilt(): boolean {
    return existsSync(join(this.#folder, "index.html"));
  }

  /** `path` is what follows the base path; every address that is no file is the page's own. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): void {
    const file = this.#fileOf(path);
    if (file === undefined) {
      if (path.startsWith("assets/")) return notFound(response);
      return this.#answerPage(request, response);
    }
    const compressed = `${file}.br`;
    const isCompressed =
      /\bbr\b/.test(String(request.headers["accept-encoding"] ?? "")) && existsSync(compressed);
    const sent = isCompressed ? compressed : file;
    const hasHash = path.startsWith("assets/");
    response.writeHead(200, {
      ...securityHeaders,
      "Content-Type": types[extname(file)] ?? "application/octet-stream",
      "Content-Length": statSync(sent).size,
      "Cache-Control": hasHash ? "public, max-age=31536000, immutable" : "no-cache",
      Vary: "Accept-Encoding",
      ...(isCompressed && { "Content-Encoding": "br" }),
    });
    if (request.method === "HEAD") response.end();
    // A file that cannot be read after all breaks this answer off, and nothing else.
    else pipeline(createReadStream(sent), response, () => {});
  }

  #answerPage(request: IncomingMessage, response: ServerResponse): void {
    // The page is built for no base path in particular: its own addresses are relative to this one.
    const page = readFileSync(join(this.#folder, "index.html"), "utf8")
      .replaceAll('="./', `="${this.#basePath}/`)
      .replace('name="stepwell-build" content=""', `name="stepwell-build" content="${this.build}"`);
    response.writeHead(200, {
      ...securityHeaders,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": Buffer.byteLength(page),
      "Cache-Control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : page);
  }

  #fileOf(path: string): string | undefined {
    const relative = normalize(path);
    if (relative.startsWith("..") || relative === "." || relative === "index.html")
      return undefined;
    const file = join(this.#folder, relative);
    return existsSync(file) && statSync(file).isFile() ? file : undefined;
  }
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { ...securityHeaders, "Content-Type": "text/plain" });
  response.end("There is no such file.\n");
}
