import type { StackView } from "../../../../src/console/view-types.ts";
import { apiIdsOf, servedAddress } from "../../../../src/eventing/proxy/api-host.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { CopyButton } from "../../parts/copy.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";

/** What the template tells, and what it was told. */
export function OutputsTab({
  stack: { outputs, parameters, resources },
}: {
  readonly stack: StackView;
}) {
  const { stacks: text } = useAroundText();
  const apiIds = apiIdsOf(resources);
  if (outputs.length + parameters.length === 0) {
    return <p className="text-dim">{text.noOutputs}</p>;
  }
  return (
    <div className="flex flex-col gap-4">
      {outputs.length > 0 && <Values label={text.outputs} values={outputs} apiIds={apiIds} />}
      {parameters.length > 0 && (
        <Values label={text.parameters} values={parameters} apiIds={apiIds} />
      )}
    </div>
  );
}

function Values({
  label,
  values,
  apiIds,
}: {
  readonly label: string;
  readonly values: StackView["outputs"];
  readonly apiIds: ReadonlySet<string>;
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
                <AddressHere address={servedAddress(value, apiIds, location.origin)} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
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
