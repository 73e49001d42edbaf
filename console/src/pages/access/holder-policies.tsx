import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { type AttachedPolicy, type HolderKind, listAll, type Policy, useIam } from "./iam-api.ts";
import { InlinePolicies } from "./inline-policies.tsx";
import { NameList } from "./name-list.tsx";

/** What a user, a group or a role may do: policies that are attached, and those of its own. */
export function HolderPolicies({
  kind,
  name,
}: {
  readonly kind: HolderKind;
  readonly name: string;
}) {
  const { access: text } = useText();
  const named = { [`${kind}Name`]: name };
  const all = useIam(["all-policies"], () => listAll<Policy>("ListPolicies", "Policies"));
  return (
    <>
      <NameList
        title={text.attached}
        queryName={[kind, name, "attached"]}
        list={async () =>
          (
            await listAll<AttachedPolicy>(`ListAttached${kind}Policies`, "AttachedPolicies", named)
          ).map(({ PolicyArn }) => PolicyArn)
        }
        add={(PolicyArn) => server.iam(`Attach${kind}Policy`, { ...named, PolicyArn })}
        remove={(PolicyArn) => server.iam(`Detach${kind}Policy`, { ...named, PolicyArn })}
        addLabel={text.attachWhat}
        submit={text.attach}
        suggestions={(all.data ?? []).map(({ Arn }) => Arn)}
        removeLabel={text.detachOf}
      />
      <InlinePolicies kind={kind} name={name} />
    </>
  );
}
