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
  console.log(`To decide: ${(await linkTo(taskToken)) ?? commandFor(endpoint, file)}`);
}

/** A page where the order can be approved by whoever has its address; `undefined` where the server has no console. */
async function linkTo(taskToken) {
  const consoleUrl = process.env.STEPWELL_CONSOLE_URL;
  if (consoleUrl === undefined) return undefined;
  const response = await fetch(`${consoleUrl}/api/links`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ taskToken }),
  }).catch(() => undefined);
  return response?.ok ? (await response.json()).url : undefined;
}

function commandFor(endpoint, file) {
  return `aws stepfunctions send-task-success --endpoint-url ${endpoint} --task-token "$(cat ${file})" --task-output '{"approved": true}'`;
}
