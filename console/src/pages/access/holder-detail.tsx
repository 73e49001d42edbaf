import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Read } from "../../parts/query-state.tsx";
import { DetailHead } from "./detail-head.tsx";
import { DocumentCard } from "./document-card.tsx";
import { HolderPolicies } from "./holder-policies.tsx";
import { decodedDocument, listAll, type Named, useIam } from "./iam-api.ts";
import { NameList } from "./name-list.tsx";
import { UserKeys } from "./user-keys.tsx";
import { UserPassword } from "./user-password.tsx";

interface Shown {
  readonly name: string;
  readonly onBack: () => void;
}

/** A user: keys, password, groups, and what he may by himself. */
export function UserDetail({ name, onBack }: Shown) {
  const { access: text } = useText();
  const query = useIam(["User", name], () =>
    server.iam<{ readonly User: Named }>("GetUser", { UserName: name }),
  );
  return (
    <Read query={query}>
      {({ User: { Arn } }) => (
        <>
          <DetailHead
            name={name}
            arn={Arn}
            onBack={onBack}
            remove={() => server.iam("DeleteUser", { UserName: name })}
          />
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <UserKeys userName={name} />
            <UserPassword userName={name} />
            <NameList
              title={text.userGroups}
              queryName={["User", name, "groups"]}
              list={async () =>
                (
                  await listAll<{ readonly GroupName: string }>("ListGroupsForUser", "Groups", {
                    UserName: name,
                  })
                ).map(({ GroupName }) => GroupName)
              }
              add={(GroupName) => server.iam("AddUserToGroup", { UserName: name, GroupName })}
              remove={(GroupName) =>
                server.iam("RemoveUserFromGroup", { UserName: name, GroupName })
              }
              addLabel={text.groupName}
              submit={text.add}
              removeLabel={text.removeOf}
            />
            <HolderPolicies kind="User" name={name} />
          </div>
        </>
      )}
    </Read>
  );
}

/** A group: its users, and what they may by it. */
export function GroupDetail({ name, onBack }: Shown) {
  const { access: text } = useText();
  const query = useIam(["Group", name], () =>
    server.iam<{
      readonly Group: Named;
      readonly Users: readonly { readonly UserName: string }[];
    }>("GetGroup", { GroupName: name }),
  );
  return (
    <Read query={query}>
      {({ Group: { Arn } }) => (
        <>
          <DetailHead
            name={name}
            arn={Arn}
            onBack={onBack}
            remove={() => server.iam("DeleteGroup", { GroupName: name })}
          />
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <NameList
              title={text.members}
              queryName={["Group", name, "users"]}
              list={async () =>
                (
                  await listAll<{ readonly UserName: string }>("GetGroup", "Users", {
                    GroupName: name,
                  })
                ).map(({ UserName }) => UserName)
              }
              add={(UserName) => server.iam("AddUserToGroup", { GroupName: name, UserName })}
              remove={(UserName) =>
                server.iam("RemoveUserFromGroup", { GroupName: name, UserName })
              }
              addLabel={text.userName}
              submit={text.add}
              removeLabel={text.removeOf}
            />
            <HolderPolicies kind="Group" name={name} />
          </div>
        </>
      )}
    </Read>
  );
}

interface RoleView extends Named {
  readonly AssumeRolePolicyDocument: string;
}

/** A role: who may be it, and what it may. */
export function RoleDetail({ name, onBack }: Shown) {
  const { access: text } = useText();
  const query = useIam(["Role", name], () =>
    server.iam<{ readonly Role: RoleView }>("GetRole", { RoleName: name }),
  );
  return (
    <Read query={query}>
      {({ Role: { Arn, AssumeRolePolicyDocument } }) => (
        <>
          <DetailHead
            name={name}
            arn={Arn}
            onBack={onBack}
            remove={() => server.iam("DeleteRole", { RoleName: name })}
          />
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <HolderPolicies kind="Role" name={name} />
            <DocumentCard
              key={AssumeRolePolicyDocument}
              title={text.trust}
              kind="trust"
              stored={decodedDocument(AssumeRolePolicyDocument)}
              onSave={(document) =>
                server.iam("UpdateAssumeRolePolicy", { RoleName: name, PolicyDocument: document })
              }
            />
          </div>
        </>
      )}
    </Read>
  );
}
