import type { ListRequest, ObjectStore, ObjectSummary } from "../../ports/object-store.ts";
import type { Row } from "./item-batch.ts";

/** The objects of a listing as items. *Observed*: the members, and the time in seconds since the epoch. */
export async function* listItems(
  store: ObjectStore,
  request: ListRequest,
): AsyncGenerator<readonly Row[]> {
  for await (const page of store.list(request)) {
    yield page.map((object) => ({ value: listItem(object) }));
  }
}

function listItem(object: ObjectSummary) {
  return {
    Etag: object.etag,
    Key: object.key,
    LastModified: Math.floor(object.lastModified / 1000),
    Size: object.size,
    StorageClass: object.storageClass,
  };
}
