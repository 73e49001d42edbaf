import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import { regionOf, server } from "../../../api/client.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import {
  describedOptions,
  qualifierOf,
  type StateMachine,
  type VersionPage,
} from "../../workflows/state-machine.ts";
import { workflowKeys } from "../../workflows/use-workflows.ts";
import { useDesignerView } from "../use-designer.ts";
import { jsonTextOf } from "./json-text.ts";
import { isSameDefinition } from "./saved-definition.ts";

/** That what is open is not what was published last: who starts a version or an alias does not run it. */
export function PublishedBadge({ machine }: { readonly machine: StateMachine }) {
  const { ship: text } = useDesignerText();
  const { stateMachineArn } = machine;
  // Documented: ListStateMachineVersions has the newest first.
  const newest = useQuery({
    queryKey: [...workflowKeys.versions(stateMachineArn), "newest"],
    queryFn: () =>
      server.call<VersionPage>(
        "ListStateMachineVersions",
        { stateMachineArn, maxResults: 1 },
        regionOf(stateMachineArn),
      ),
  });
  const version = newest.data?.stateMachineVersions[0]?.stateMachineVersionArn;
  const published = useQuery({
    ...describedOptions(stateMachineArn, version),
    enabled: version !== undefined,
  });
  // What is typed is shown first.
  const document = useDeferredValue(useDesignerView((view) => view.document));
  const definition = published.data?.definition;
  const isChanged = useMemo(() => {
    const open = definition === undefined ? undefined : jsonTextOf(document);
    return definition !== undefined && open !== undefined && !isSameDefinition(open, definition);
  }, [document, definition]);
  if (version === undefined || !isChanged) return null;
  return (
    <Link
      to="/workflows/$arn"
      params={{ arn: stateMachineArn }}
      search={{ tab: "versions" }}
      title={text.changedSinceHint}
      className="rounded-full border border-wait/50 bg-wait-soft px-2 py-0.5 text-xs text-wait hover:underline"
    >
      {text.changedSince(qualifierOf(version))}
    </Link>
  );
}
