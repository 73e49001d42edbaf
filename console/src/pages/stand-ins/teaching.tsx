import { useText } from "../../i18n/language.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import type { StandInTab } from "./stand-ins-search.ts";

const account = "000000000000";

/** What a definition, or the configuration, says so that there is something. */
const examples: Readonly<Record<StandInTab, object>> = {
  queues: {
    Tell: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Parameters: {
        QueueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/orders`,
        "MessageBody.$": "$",
      },
      End: true,
    },
  },
  topics: {
    Tell: {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Parameters: { TopicArn: `arn:aws:sns:us-east-1:${account}:news`, "Message.$": "$" },
      End: true,
    },
  },
  tables: {
    standInServices: "memory",
    memory: { tables: { orders: { partitionKey: "id", sortKey: { name: "at", type: "N" } } } },
  },
  events: {
    Tell: {
      Type: "Task",
      Resource: "arn:aws:states:::events:putEvents",
      Parameters: { Entries: [{ Source: "shop", DetailType: "order", "Detail.$": "$" }] },
      End: true,
    },
  },
};

/** Where there is nothing yet: how something comes there. */
export function Teaching({ tab }: { readonly tab: StandInTab }) {
  const { standIns: text } = useText();
  return (
    <Card>
      <Empty title={text.noneOf[tab]}>{text.appears[tab]}</Empty>
      <CodeBlock
        label={tab === "tables" ? text.inTheConfiguration : text.inAState}
        code={JSON.stringify(examples[tab], null, 2)}
      />
    </Card>
  );
}
