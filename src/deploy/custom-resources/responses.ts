import { createHash } from "node:crypto";
import type { DocumentStore } from "../../ports/document-store.ts";

/** Where custom resources are answered, on the endpoint. Functions find URLs of it by its path. */
export const responsePath = "/cloudformation-responses/";

/** *Documented*: of what a custom resource may answer. */
export const mostResponseBytes = 4_096;

/**
 * The answers of custom resources. Whoever has the URL answers, once: its last part is a secret of which the store has the hash as a name.
 * On any node of a cluster, and after a restart too.
 */
export class CustomResourceResponses {
  readonly #store: DocumentStore;
  readonly #endpointUrl: () => string | undefined;

  constructor(store: DocumentStore, endpointUrl: () => string | undefined) {
    this.#store = store;
    this.#endpointUrl = endpointUrl;
  }

  /** Where `secret` is answered. Throws where functions cannot reach this server. */
  url(secret: string): string {
    const base = this.#endpointUrl();
    if (base !== undefined) return `${base}${responsePath}${secret}`;
    throw new Error(
      "Custom resources answer over HTTP, and this Stepwell does not listen: start it with 'stepwell start'",
    );
  }

  /** Lets `secret` be answered; what is expected already stays as it is. */
  async expect(secret: string): Promise<void> {
    await this.#put(secret, 1, "");
  }

  /** The answer, as it came; `undefined`: there is none yet. */
  async answer(secret: string): Promise<string | undefined> {
    const found = await this.#store.document(collection, idOf(secret));
    return found === undefined || found.version < 2 ? undefined : found.body;
  }

  /** Takes an answer. The same one again is taken, as by S3: whoever sent it may not have heard that it was. */
  async take(secret: string, body: string): Promise<"taken" | "unknown" | "answered"> {
    const found = await this.#store.document(collection, idOf(secret));
    if (found === undefined) return "unknown";
    if (found.version === 1 && (await this.#put(secret, 2, body))) return "taken";
    return (await this.answer(secret)) === body ? "taken" : "answered";
  }

  /** Nobody waits for it any more. */
  async forget(secret: string): Promise<void> {
    const found = await this.#store.document(collection, idOf(secret));
    if (found) await this.#store.deleteDocument(collection, found.id, found.version);
  }

  #put(secret: string, version: number, body: string): Promise<boolean> {
    return this.#store.putDocument({ collection, id: idOf(secret), version, body });
  }
}

const collection = "deploy.response";

function idOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
