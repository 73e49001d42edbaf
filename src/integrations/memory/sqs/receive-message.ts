import type {
  Message as ShownMessage,
  MessageAttributeValue,
  ReceiveMessageCommandInput,
} from "@aws-sdk/client-sqs";
import type { Clock } from "../../../ports/clock.ts";
import { attributesMd5, md5, type Message } from "./message.ts";
import type { Queue } from "./queue.ts";
import { parameter } from "./send-message.ts";

/** *Documented*: messages of one call, the longest wait, the longest visibility time-out. */
const mostReceived = 10;
const longestWaitSeconds = 20;
const longestVisibilitySeconds = 43_200;

/** Messages of a queue, once there are any or the time to wait for them is over. */
export async function receiveMessages(
  queue: Queue,
  input: ReceiveMessageCommandInput,
  {
    clock,
    signal,
  }: { readonly clock: Pick<Clock, "now" | "schedule">; readonly signal: AbortSignal },
): Promise<readonly ShownMessage[]> {
  const most = within("MaxNumberOfMessages", input.MaxNumberOfMessages ?? 1, [1, mostReceived]);
  const wait = within(
    "WaitTimeSeconds",
    input.WaitTimeSeconds ?? queue.seconds("ReceiveMessageWaitTimeSeconds"),
    [0, longestWaitSeconds],
  );
  const visibility = checkedVisibility(
    input.VisibilityTimeout ?? queue.seconds("VisibilityTimeout"),
  );
  const until = clock.now() + wait * 1000;
  for (;;) {
    const now = clock.now();
    const received = queue.receive(most, visibility, now);
    if (received.length > 0 || now >= until || signal.aborted) {
      return received.map((message) => shown(message, input));
    }
    await change(queue, Math.min(until, queue.nextVisibleAt() ?? until), { clock, signal });
  }
}

export function checkedVisibility(seconds: number): number {
  return within("VisibilityTimeout", seconds, [0, longestVisibilitySeconds]);
}

/** Until there may be something to receive, at most to a time. */
function change(
  queue: Queue,
  until: number,
  {
    clock,
    signal,
  }: { readonly clock: Pick<Clock, "now" | "schedule">; readonly signal: AbortSignal },
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  // A message that is held back by its group is visible already: it is looked for when another is deleted, or later.
  const at = until > clock.now() ? until : clock.now() + 1_000;
  const cancel = clock.schedule(at, done);
  const unlisten = queue.listen(done);
  signal.addEventListener("abort", done, { once: true });
  return promise.finally(() => {
    cancel();
    unlisten();
    signal.removeEventListener("abort", done);
  });
}

function within(name: string, value: number, [least, most]: readonly [number, number]): number {
  if (value >= least && value <= most) return value;
  throw parameter(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

/** What is asked for of a message: attributes come only then. */
function shown(message: Message, input: ReceiveMessageCommandInput): ShownMessage {
  const asked = new Set<string>([
    ...(input.AttributeNames ?? []),
    ...(input.MessageSystemAttributeNames ?? []),
  ]);
  const system = Object.fromEntries(
    Object.entries(systemAttributes(message)).filter(
      ([name]) => asked.has("All") || asked.has(name),
    ),
  );
  const attributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) =>
      (input.MessageAttributeNames ?? []).some((wanted) => isNamed(name, wanted)),
    ),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(Object.keys(attributes).length > 0 && withMd5(attributes)),
  };
}

function withMd5(attributes: Record<string, MessageAttributeValue>) {
  return { MD5OfMessageAttributes: attributesMd5(attributes), MessageAttributes: attributes };
}

function isNamed(name: string, wanted: string): boolean {
  if (wanted === "All" || wanted === ".*" || wanted === name) return true;
  return wanted.endsWith(".*") && name.startsWith(wanted.slice(0, -1));
}

function systemAttributes(message: Message): Readonly<Record<string, string>> {
  const trace = message.systemAttributes["AWSTraceHeader"]?.StringValue;
  return {
    // The anonymous principal of *our choice*: nobody is asked who sends.
    SenderId: "stepwell",
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(trace !== undefined && { AWSTraceHeader: trace }),
    ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
    ...(message.deduplicationId !== undefined && {
      MessageDeduplicationId: message.deduplicationId,
    }),
    ...(message.sequenceNumber !== undefined && { SequenceNumber: message.sequenceNumber }),
  };
}
