import type { StackView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { CopyButton } from "../../parts/copy.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";

/** What the template tells, and what it was told. */
export function OutputsTab({ stack }: { readonly stack: StackView }) {
  const { stacks: text } = useAroundText();
  const values = [...stack.outputs, ...stack.parameters];
  if (values.length === 0) return <p className="text-dim">{text.noOutputs}</p>;
  return (
    <Table label={text.outputs}>
      <thead>
        <tr>
          <Head>{text.name}</Head>
          <Head>{text.value}</Head>
        </tr>
      </thead>
      <tbody>
        {values.map(({ name, value }, index) => (
          <tr key={`${index} ${name}`} className={rowLook}>
            <Cell className="font-medium">{name}</Cell>
            <Cell className="min-w-64 break-all">
              {value} <CopyButton value={value} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
