import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Read } from "../../parts/query-state.tsx";
import { DetailHead } from "./detail-head.tsx";
import { DocumentCard } from "./document-card.tsx";
import { decodedDocument, listAll, type Policy, useIam } from "./iam-api.ts";

interface PolicyVersion {
  readonly VersionId: string;
  readonly IsDefaultVersion: boolean;
}

/** *Documented*: IAM: a policy has at most five versions. */
const mostVersions = 5;

/** A managed policy: what it says, and the next version of it. */
export function PolicyDetail({
  name: arn,
  onBack,
}: {
  readonly name: string;
  readonly onBack: () => void;
}) {
  const { access: text } = useText();
  const query = useIam(["Policy", arn], async () => {
    const { Policy: policy } = await server.iam<{ readonly Policy: Policy }>("GetPolicy", {
      PolicyArn: arn,
    });
    const { PolicyVersion: version } = await server.iam<{
      readonly PolicyVersion: { readonly Document: string };
    }>("GetPolicyVersion", { PolicyArn: arn, VersionId: policy.DefaultVersionId });
    return { policy, document: decodedDocument(version.Document) };
  });
  return (
    <Read query={query}>
      {({ policy, document }) => (
        <>
          <DetailHead
            name={policy.PolicyName}
            arn={arn}
            onBack={onBack}
            remove={() => removePolicy(arn)}
          />
          <DocumentCard
            key={document}
            title={`${text.version} ${policy.DefaultVersionId}`}
            kind="identity"
            stored={document}
            onSave={(changed) => saveVersion(arn, changed)}
          />
        </>
      )}
    </Read>
  );
}

function versionsOf(PolicyArn: string): Promise<readonly PolicyVersion[]> {
  return listAll<PolicyVersion>("ListPolicyVersions", "Versions", { PolicyArn });
}

/** Makes room for it by the oldest that is not in use. */
async function saveVersion(PolicyArn: string, PolicyDocument: string): Promise<void> {
  const versions = await versionsOf(PolicyArn);
  if (versions.length >= mostVersions) {
    const [oldest] = versions
      .filter(({ IsDefaultVersion }) => !IsDefaultVersion)
      .sort((left, right) => numberOf(left) - numberOf(right));
    if (oldest !== undefined) {
      await server.iam("DeletePolicyVersion", { PolicyArn, VersionId: oldest.VersionId });
    }
  }
  await server.iam("CreatePolicyVersion", { PolicyArn, PolicyDocument, SetAsDefault: true });
}

/** Its other versions have to go first. */
async function removePolicy(PolicyArn: string): Promise<void> {
  for (const { VersionId, IsDefaultVersion } of await versionsOf(PolicyArn)) {
    if (!IsDefaultVersion) await server.iam("DeletePolicyVersion", { PolicyArn, VersionId });
  }
  await server.iam("DeletePolicy", { PolicyArn });
}

function numberOf({ VersionId }: PolicyVersion): number {
  return Number(VersionId.slice(1));
}
