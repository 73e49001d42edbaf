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
          <Head>{text.resource}</Head>
          <Head className="hidden sm:table-cell">{text.status}</Head>
          <Head className="hidden sm:table-cell">{text.reason}</Head>
          <Head className="text-right">{text.when}</Head>
        </tr>
      </thead>
      <tbody>
        {stack.events.map(({ id, at, logicalId, type, status, reason }) => (
          <tr key={id} className={rowLook}>
            <Cell className="w-full min-w-28 [overflow-wrap:anywhere] sm:w-auto">
              <span className="block font-medium">{logicalId}</span>
              <span className="block text-xs text-dim">{type}</span>
              {/* There is no room for columns of their own on a small screen. */}
              <span className="mt-0.5 block text-xs sm:hidden">
                <StackStatus status={status} />
                {reason !== undefined && <span className="block">{reason}</span>}
              </span>
            </Cell>
            <Cell className="hidden sm:table-cell">
              <StackStatus status={status} />
            </Cell>
            <Cell className="hidden [overflow-wrap:anywhere] sm:table-cell">{reason}</Cell>
            <Cell className="text-right whitespace-nowrap">
              <Ago at={at} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
