import type { StackView } from "../../../../src/console/view-types.ts";
import { apiIdsOf, servedAddress } from "../../../../src/eventing/proxy/api-host.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { CopyButton } from "../../parts/copy.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";

/** What the template tells, and what it was told. */
export function OutputsTab({ stack }: { readonly stack: StackView }) {
  const { stacks: text } = useAroundText();
  const values = [...stack.outputs, ...stack.parameters];
  const apiIds = apiIdsOf(stack.resources);
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
              <AddressHere address={servedAddress(value, apiIds, location.origin)} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Where this server answers what the template calls by its address at AWS. */
function AddressHere({ address }: { readonly address: string | undefined }) {
  const { stacks: text } = useAroundText();
  if (address === undefined) return null;
  return (
    <div className="text-dim">
      {text.addressHere} {address} <CopyButton value={address} />
    </div>
  );
}
