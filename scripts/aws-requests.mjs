// Writes data/aws-requests.bin: what the operations of AWS's APIs take, for the designer's forms of tasks that call them. Of all services,
// as most of their clients are installed nowhere, and with the values of enumerations, which the clients do not know.
//
//   pip install --target FOLDER botocore==1.43.11
//   node scripts/aws-requests.mjs FOLDER/botocore/data
import { awsModels, writeModels } from "./aws-models.mjs";

/** What each operation takes, and every shape that this reaches. */
function requestsOf({ operations, shapes }) {
  const kept = {};
  const keep = (name) => {
    if (kept[name] !== undefined) return name;
    const { type, members, required = [], member, value, enum: values, document } = shapes[name];
    const shape = (kept[name] = { type: document ? "document" : type });
    if (members !== undefined && !document) {
      shape.members = Object.fromEntries(
        Object.entries(members).map(([key, { shape: inner }]) => [key, keep(inner)]),
      );
      // Whoever calls makes an idempotency token by himself.
      const needed = required.filter((key) => !members[key]?.idempotencyToken);
      if (needed.length > 0) shape.required = needed;
    }
    if (member !== undefined) shape.member = keep(member.shape);
    if (value !== undefined) shape.value = keep(value.shape);
    if (values !== undefined) shape.enum = values;
    return name;
  };
  const requests = Object.entries(operations).map(([name, { input }]) => [
    name,
    input === undefined ? null : keep(input.shape),
  ]);
  return { operations: Object.fromEntries(requests), shapes: kept };
}

const documents = [...awsModels()].map(([service, model]) => [service, requestsOf(model)]);
writeModels("aws-requests.bin", documents);
