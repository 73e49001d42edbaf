import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useText } from "../../i18n/language.tsx";
import { KeyLost, type KeyError } from "../../parts/key-lost.tsx";
import { PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { ConfigurationTab } from "./configuration-tab.tsx";
import { metadataOptions } from "./state-machine.ts";

/** In place of the page of a workflow whose key cannot be had: how it is set up is in clear, and can be changed. */
export function UnreadWorkflow({
  arn,
  reason,
  error,
  again,
}: {
  readonly arn: string;
  readonly reason: KeyError;
  readonly error: Error | null;
  readonly again: () => void;
}) {
  const text = useText();
  const metadata = useQuery(metadataOptions(arn));
  return (
    <Read query={metadata}>
      {(machine) => (
        <>
          <PageHead title={machine.name}>
            <Link
              to="/executions"
              search={{ q: `workflow:${machine.name}` }}
              className="text-accent hover:underline"
            >
              {text.inspector.expressOthers(machine.name)}
            </Link>
          </PageHead>
          <KeyLost reason={reason} error={error} again={again} />
          <ConfigurationTab machine={machine} />
        </>
      )}
    </Read>
  );
}
