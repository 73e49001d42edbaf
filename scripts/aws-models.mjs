// The models of AWS's APIs that botocore (Apache-2.0) has as JSON, and the files in `data/` that are made of them.
//
// Such a file: the length of the index (4 bytes, big-endian), the index ({service: [offset, length]} as JSON, offsets
// counted from its end), and for each service a document as JSON in Brotli. `src/integrations/aws/packed-models.ts` reads it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gunzipSync } from "node:zlib";
import { knownClients } from "../src/integrations/aws/known-clients.ts";

/** How the ARNs of SDK integrations name a service, by its id: that of its client's package without hyphens. */
const namesInArns = new Map(
  knownClients.map(({ service, packageName }) => [
    packageName.replace("@aws-sdk/client-", "").replaceAll("-", ""),
    service,
  ]),
);

/** The newest model of each service that tasks can call, in the folder that the command names, by its name in resource ARNs. */
export function* awsModels() {
  const source = process.argv[2];
  if (source === undefined || !existsSync(source)) {
    console.error("Give the folder of botocore's data.");
    process.exit(1);
  }
  const folders = readdirSync(source, { withFileTypes: true }).filter((each) => each.isDirectory());
  for (const { name } of folders.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const model = newestOf(join(source, name));
    const id = model?.metadata.serviceId.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
    if (namesInArns.has(id)) yield [namesInArns.get(id), model];
  }
}

function newestOf(folder) {
  const versions = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name, "service-2.json.gz"))
    .filter(existsSync)
    .sort();
  return versions.length === 0 ? undefined : JSON.parse(gunzipSync(readFileSync(versions.at(-1))));
}

/** Writes `data/NAME` of the documents of the services. */
export function writeModels(name, documents) {
  const index = {};
  const parts = [];
  let offset = 0;
  for (const [service, document] of documents) {
    const params = { [constants.BROTLI_PARAM_LGWIN]: 22 };
    const part = brotliCompressSync(JSON.stringify(document), { params });
    index[service] = [offset, part.length];
    parts.push(part);
    offset += part.length;
  }
  const header = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  const file = join(import.meta.dirname, "..", "data", name);
  writeFileSync(file, Buffer.concat([length, header, ...parts]));
  console.log(`${parts.length} services, ${offset} bytes`);
}
