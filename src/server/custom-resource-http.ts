import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type CustomResourceResponses,
  responsePath,
} from "../deploy/custom-resources/responses.ts";
import type { Logger } from "../ports/logger.ts";
import { readBody } from "./request-body.ts";

export interface CustomResourceHttp {
  /** Answers the request if it is the answer of a custom resource; `false`: it is not. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

/** Our choice: what is more than CloudFormation takes is read this far, so that the stack can say that it was too much. */
const maxBodyBytes = 64 * 1024;

/**
 * `PUT /cloudformation-responses/SECRET`: the `ResponseURL` of a custom resource. Whoever has it was given it by the stack, and is asked for nothing
 * else; it is answered once.
 */
export function createCustomResourceHttp(
  responses: CustomResourceResponses,
  logger: Logger,
): CustomResourceHttp {
  async function take(request: IncomingMessage, secret: string): Promise<number> {
    if (request.method !== "PUT") return 405;
    const body = await new Promise<Buffer | undefined>((resolve) => {
      readBody(request, maxBodyBytes, resolve);
    });
    if (body === undefined) return 413;
    return statuses[await responses.take(secret, body.toString())];
  }

  return {
    handle(request, response) {
      const { url = "" } = request;
      if (!url.startsWith(responsePath)) return false;
      const [secret = ""] = url.slice(responsePath.length).split("?", 1);
      void take(request, secret)
        .catch((error: unknown) => {
          logger.error("the answer of a custom resource could not be stored", {
            error: String(error),
          });
          return 500;
        })
        .then((status) => {
          if (response.destroyed) return;
          if (!request.complete) {
            response.shouldKeepAlive = false;
            request.resume();
          }
          response.writeHead(status, { "Content-Length": 0, "Cache-Control": "no-store" });
          response.end();
        });
      return true;
    },
  };
}

/** As a presigned URL of S3 that is not valid, or not any more. */
const statuses = { taken: 200, unknown: 403, answered: 403 } as const;
