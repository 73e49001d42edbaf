import type { DocumentStore } from "../../../ports/document-store.ts";
import {
  functionCollections,
  type FunctionRecord,
  type FunctionVersionRecord,
  hexOf,
  type LayerVersionRecord,
} from "./function-record.ts";
import type { UnpackedCode } from "./unpacked-code.ts";

/** Our choice. */
const pageDocuments = 200;

/** The checksums of all code that a function, a version of one, or a layer has. */
export async function usedCode(store: DocumentStore): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  const use = ({ codeSha256, layers }: FunctionVersionRecord): void => {
    used.add(codeSha256);
    // *Documented*: a function keeps a layer that was deleted.
    for (const layer of layers) used.add(layer.codeSha256);
  };
  await each<FunctionRecord>(store, functionCollections.functions, ({ latest }) => use(latest));
  await each<FunctionVersionRecord>(store, functionCollections.versions, use);
  await each<LayerVersionRecord>(store, functionCollections.layerVersions, ({ codeSha256 }) => {
    used.add(codeSha256);
  });
  return used;
}

/** Removes unpacked code that nobody has any more: it may have gone while this process was not there. */
export async function sweepUnpacked(store: DocumentStore, unpacked: UnpackedCode): Promise<void> {
  // In this order: what is unpacked from now on is not among them.
  const folders = await unpacked.folders();
  if (folders.length === 0) return;
  const used = new Set([...(await usedCode(store))].map(hexOf));
  for (const folder of folders) if (!used.has(folder)) await unpacked.removeFolder(folder);
}

async function each<T>(
  store: DocumentStore,
  collection: string,
  use: (document: T) => void,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = await store.documents(collection, {
      limit: pageDocuments,
      ...(after !== undefined && { after }),
    });
    for (const { body } of page.items) use(JSON.parse(body) as T);
    after = page.next;
  } while (after !== undefined);
}
