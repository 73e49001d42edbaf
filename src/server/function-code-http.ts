import type { IncomingMessage, ServerResponse } from "node:http";
import { type CodeLinks, codePath } from "../aws-services/lambda/code-links.ts";
import type { CodeStore } from "../integrations/functions/deployed/code-store.ts";
import type { Logger } from "../ports/logger.ts";

export interface FunctionCodeHttp {
  /** Answers the request if it is for the code of a function; `false`: it is not. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

/** `GET /function-code/SEALED`: the archive that GetFunction's `Code.Location` names, for whoever was given that. */
export function createFunctionCodeHttp(
  links: CodeLinks,
  code: Pick<CodeStore, "read">,
  logger: Logger,
): FunctionCodeHttp {
  async function archiveAt(request: IncomingMessage, sealed: string): Promise<Buffer | undefined> {
    if (request.method !== "GET") return undefined;
    const codeSha256 = await links.open(sealed);
    return codeSha256 === undefined ? undefined : code.read(codeSha256);
  }

  return {
    handle(request, response) {
      const { url = "" } = request;
      if (!url.startsWith(codePath)) return false;
      void archiveAt(request, url.slice(codePath.length))
        .catch((error: unknown) => {
          logger.error("the code of a function could not be read", { error: String(error) });
          return undefined;
        })
        .then((archive) => {
          if (response.destroyed) return;
          // As an address of S3 that is not valid, or not any more.
          response.writeHead(archive === undefined ? 403 : 200, {
            "Content-Type": "application/zip",
            "Content-Length": archive?.length ?? 0,
            "Cache-Control": "no-store",
          });
          response.end(archive);
        });
      return true;
    },
  };
}
