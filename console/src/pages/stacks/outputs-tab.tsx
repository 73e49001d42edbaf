import type { StackView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { CopyButton } from "../../parts/copy.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";

/** What the template tells, and what it was told. */
export function OutputsTab({ stack: { outputs, parameters } }: { readonly stack: StackView }) {
  const { stacks: text } = useAroundText();
  if (outputs.length + parameters.length === 0) {
    return <p className="text-dim">{text.noOutputs}</p>;
  }
  return (
    <div className="flex flex-col gap-4">
      {outputs.length > 0 && <Values label={text.outputs} values={outputs} />}
      {parameters.length > 0 && <Values label={text.parameters} values={parameters} />}
    </div>
  );
}

function Values({
  label,
  values,
}: {
  readonly label: string;
  readonly values: StackView["outputs"];
}) {
  const { stacks: text } = useAroundText();
  return (
    <section>
      <h3 className="mb-1 text-[13px] font-semibold">{label}</h3>
      <Table label={label}>
        <thead>
          <tr>
            <Head>{text.name}</Head>
            <Head>{text.value}</Head>
          </tr>
        </thead>
        <tbody>
          {values.map(({ name, value }) => (
            <tr key={name} className={rowLook}>
              <Cell className="min-w-24 font-medium [overflow-wrap:anywhere]">{name}</Cell>
              <Cell className="w-full min-w-40 [overflow-wrap:anywhere]">
                {value} <CopyButton value={value} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
