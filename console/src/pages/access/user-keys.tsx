import { Trash2 } from "lucide-react";
import { useState } from "react";
import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Problem } from "../../parts/field.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Ago } from "../../parts/time.tsx";
import { type AccessKey, listAll, useChange, useIam } from "./iam-api.ts";

interface NewKey {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
}

/** The keys that a user signs requests with. A secret is shown once, while this page is open. */
export function UserKeys({ userName }: { readonly userName: string }) {
  const { access: text } = useText();
  const named = { UserName: userName };
  const [made, setMade] = useState<NewKey>();
  const query = useIam(["User", userName, "keys"], () =>
    listAll<AccessKey>("ListAccessKeys", "AccessKeyMetadata", named),
  );
  const create = useChange(
    () => server.iam<{ readonly AccessKey: NewKey }>("CreateAccessKey", named),
    ({ AccessKey: key }) => setMade(key),
  );
  const update = useChange(({ AccessKeyId, Status }: AccessKey) =>
    server.iam("UpdateAccessKey", {
      ...named,
      AccessKeyId,
      Status: Status === "Active" ? "Inactive" : "Active",
    }),
  );
  const remove = useChange((AccessKeyId: string) =>
    server.iam("DeleteAccessKey", { ...named, AccessKeyId }),
  );
  return (
    <Card
      title={text.keys}
      aside={
        <Button isDisabled={create.isPending} onPress={() => create.mutate()}>
          {text.createKey}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {made !== undefined && (
          <>
            <p role="status" className="font-medium text-wait">
              {text.keyOnce}
            </p>
            <CodeBlock label={text.keyId} code={made.AccessKeyId} />
            <CodeBlock label={text.secret} code={made.SecretAccessKey} />
          </>
        )}
        <Problem error={create.error ?? update.error ?? remove.error} />
        <Read query={query}>
          {(all) => (
            <ul className="flex flex-col gap-2">
              {all.length === 0 && <li className="text-dim">{text.nothing}</li>}
              {all.map((key) => (
                <KeyLine
                  key={key.AccessKeyId}
                  accessKey={key}
                  onSwitch={() => update.mutate(key)}
                  onRemove={() => remove.mutate(key.AccessKeyId)}
                />
              ))}
            </ul>
          )}
        </Read>
      </div>
    </Card>
  );
}

function KeyLine({
  accessKey: { AccessKeyId, Status, CreateDate },
  onSwitch,
  onRemove,
}: {
  readonly accessKey: AccessKey;
  readonly onSwitch: () => void;
  readonly onRemove: () => void;
}) {
  const { access: text } = useText();
  const [isSure, setSure] = useState(false);
  const use = useIam(["key-use", AccessKeyId], () =>
    server.iam<{ readonly AccessKeyLastUsed: { readonly LastUsedDate?: string } }>(
      "GetAccessKeyLastUsed",
      { AccessKeyId },
    ),
  );
  const usedAt = use.data?.AccessKeyLastUsed.LastUsedDate;
  const isActive = Status === "Active";
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <div className="min-w-0 grow">
        <p className="font-mono text-xs break-all">{AccessKeyId}</p>
        <p className="text-xs text-dim">
          {isActive ? text.active : text.inactive} · {text.created}{" "}
          <Ago at={Date.parse(CreateDate)} />
          {use.data !== undefined && (
            <>
              {" "}
              · {text.lastUsed}{" "}
              {usedAt === undefined ? text.never : <Ago at={Date.parse(usedAt)} />}
            </>
          )}
        </p>
      </div>
      <Button onPress={onSwitch}>{isActive ? text.deactivate : text.activate}</Button>
      {isSure ? (
        <Button look="danger" onPress={onRemove}>
          {text.deleteSure(AccessKeyId)}
        </Button>
      ) : (
        <IconButton label={text.deleteOf(AccessKeyId)} onPress={() => setSure(true)}>
          <Trash2 aria-hidden size={14} />
        </IconButton>
      )}
    </li>
  );
}
