import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ordersFolder } from "../../lib/once.mjs";

/** Tells somebody that an order waits. A shop would send a message; this one writes the token to a file. */
export async function handler({ order, taskToken }) {
  const file = join(ordersFolder, `${encodeURIComponent(order.orderId)}.token`);
  await mkdir(ordersFolder, { recursive: true });
  await writeFile(file, taskToken);
  console.log(`Order ${order.orderId} of ${order.total} EUR waits for approval.`);
  const endpoint = process.env.AWS_ENDPOINT_URL_SFN;
  if (endpoint === undefined) return;
  console.log(`To approve it (or "approved": false):`);
  console.log(
    `aws stepfunctions send-task-success --endpoint-url ${endpoint} --task-token "$(cat ${file})" --task-output '{"approved": true}'`,
  );
}
