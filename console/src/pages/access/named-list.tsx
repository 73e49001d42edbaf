import { Plus } from "lucide-react";
import { useState } from "react";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { CreateNamed } from "./create-named.tsx";
import { useIam } from "./iam-api.ts";
import { kinds, type ListedKind } from "./kinds.ts";

/** All users, groups, roles or policies of the account. */
export function NamedList({
  kind,
  onShow,
}: {
  readonly kind: ListedKind;
  readonly onShow: (id: string) => void;
}) {
  const { access: text } = useText();
  const [isCreating, setCreating] = useState(false);
  const query = useIam([kind], kinds[kind].list);
  const create = (
    <Button look="primary" onPress={() => setCreating(true)}>
      <Plus aria-hidden size={14} />
      {text.create[kind]}
    </Button>
  );
  return (
    <>
      <Card flush title={text[kind]} aside={query.data?.length === 0 ? undefined : create}>
        <Read query={query}>
          {(all) =>
            all.length === 0 ? (
              <Empty title={text.none[kind]} action={create}>
                {text.noneHint[kind]}
              </Empty>
            ) : (
              <Table label={text[kind]}>
                <thead>
                  <tr>
                    <Head>{text.name}</Head>
                    <Head>{text.note}</Head>
                    <Head>{text.created}</Head>
                  </tr>
                </thead>
                <tbody>
                  {all.map(({ id, name, note, createdAt }) => (
                    <tr key={id} className={rowLook}>
                      <Cell>
                        <button
                          type="button"
                          onClick={() => onShow(id)}
                          className="font-medium break-words text-accent hover:underline"
                        >
                          {name}
                        </button>
                      </Cell>
                      <Cell className="text-dim">{note}</Cell>
                      <Cell className="text-dim">
                        <Ago at={createdAt} />
                      </Cell>
                    </tr>
                  ))}
                </tbody>
              </Table>
            )
          }
        </Read>
      </Card>
      <CreateNamed
        kind={kind}
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onCreated={onShow}
      />
    </>
  );
}
