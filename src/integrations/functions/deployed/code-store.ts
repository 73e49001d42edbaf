import { hash, randomUUID } from "node:crypto";
import type { DocumentRecord, DocumentStore } from "../../../ports/document-store.ts";
import { functionCollections, hexOf } from "./function-record.ts";

/** Our choice: what of an archive is in one document, before base64 makes a third more of it. */
const chunkBytes = 512 * 1024;
const mostAttempts = 20;

/** An archive as Lambda shows it. */
export interface CodeChecksum {
  /** In base64. */
  readonly codeSha256: string;
  readonly codeSize: number;
}

export function checksumOf(archive: Uint8Array): CodeChecksum {
  return { codeSha256: hash("sha256", archive, "base64"), codeSize: archive.length };
}

/** Which documents an archive is in. Written anew it is in others, so that removing the former does not hurt it. */
interface CodeManifest {
  readonly writing: string;
  readonly size: number;
  readonly chunks: number;
}

/**
 * Archives of code by their checksums, in pieces: every node of a cluster has them.
 *
 * Who stores one puts it before and after the document that names it is written. {@link CodeStore.removeUnless} looks at who names it between
 * reading and removing its manifest, which every put changes: so whichever comes first, the code of a document that is there stays.
 */
export class CodeStore {
  readonly #store: DocumentStore;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  async put(archive: Uint8Array): Promise<CodeChecksum> {
    const checksum = checksumOf(archive);
    const id = hexOf(checksum.codeSha256);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const found = await this.#document(id);
      const manifest = found === undefined ? await this.#write(id, archive) : manifestOf(found);
      const isDone = await this.#store.putDocument({
        collection: functionCollections.code,
        id,
        version: (found?.version ?? 0) + 1,
        body: JSON.stringify(manifest),
      });
      if (isDone) return checksum;
      if (found === undefined) await this.#removeChunks(id, manifest);
    }
    throw new Error(`the code ${checksum.codeSha256} is stored by too many at a time`);
  }

  /** `undefined`: there is none, or it is being removed. */
  async read(codeSha256: string): Promise<Buffer | undefined> {
    const id = hexOf(codeSha256);
    const found = await this.#document(id);
    if (found === undefined) return undefined;
    const manifest = manifestOf(found);
    const parts: Buffer[] = [];
    for (let index = 0; index < manifest.chunks; index++) {
      const chunk = await this.#document(chunkId(id, manifest, index));
      if (chunk === undefined) return undefined;
      parts.push(Buffer.from(chunk.body, "base64"));
    }
    const archive = Buffer.concat(parts);
    return checksumOf(archive).codeSha256 === codeSha256 ? archive : undefined;
  }

  /** Removes it if nobody uses it. */
  async removeUnless(codeSha256: string, isUsed: () => Promise<boolean>): Promise<void> {
    const id = hexOf(codeSha256);
    const found = await this.#document(id);
    if (found === undefined || (await isUsed())) return;
    const isRemoved = await this.#store.deleteDocument(found.collection, id, found.version);
    if (isRemoved) await this.#removeChunks(id, manifestOf(found));
  }

  async #write(id: string, archive: Uint8Array): Promise<CodeManifest> {
    const manifest = {
      writing: randomUUID(),
      size: archive.length,
      chunks: Math.ceil(archive.length / chunkBytes),
    };
    const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
    for (let index = 0; index < manifest.chunks; index++) {
      const from = index * chunkBytes;
      await this.#store.putDocument({
        collection: functionCollections.code,
        id: chunkId(id, manifest, index),
        version: 1,
        body: bytes.toString("base64", from, Math.min(from + chunkBytes, bytes.length)),
      });
    }
    return manifest;
  }

  async #removeChunks(id: string, manifest: CodeManifest): Promise<void> {
    for (let index = 0; index < manifest.chunks; index++) {
      const chunk = chunkId(id, manifest, index);
      await this.#store.deleteDocument(functionCollections.code, chunk, 1);
    }
  }

  #document(id: string): Promise<DocumentRecord | undefined> {
    return this.#store.document(functionCollections.code, id);
  }
}

function manifestOf({ body }: DocumentRecord): CodeManifest {
  return JSON.parse(body) as CodeManifest;
}

function chunkId(id: string, { writing }: CodeManifest, index: number): string {
  return `${id}/${writing}/${String(index).padStart(6, "0")}`;
}
