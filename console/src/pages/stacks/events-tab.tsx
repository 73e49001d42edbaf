import type { StackView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { StackStatus } from "./stack-status.tsx";

/** What has happened, the newest first. */
export function EventsTab({ stack }: { readonly stack: StackView }) {
  const { stacks: text } = useAroundText();
  return (
    <Table label={text.events}>
      <thead>
        <tr>
          <Head>{text.when}</Head>
          <Head>{text.resource}</Head>
          <Head>{text.status}</Head>
          <Head>{text.reason}</Head>
        </tr>
      </thead>
      <tbody>
        {stack.events.map(({ id, at, logicalId, type, status, reason }) => (
          <tr key={id} className={rowLook}>
            <Cell className="whitespace-nowrap">
              <Ago at={at} />
            </Cell>
            <Cell>
              <span className="block font-medium">{logicalId}</span>
              <span className="block text-xs text-dim">{type}</span>
            </Cell>
            <Cell>
              <StackStatus status={status} />
            </Cell>
            <Cell className="break-words">{reason}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
