import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState, type ReactNode } from "react";
import { regionOf, server } from "../../../api/client.ts";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import type { Diagnostic } from "../../workflows/use-validation.ts";
import { useDesigner, useDesignerView, useWorkflowSettings } from "../use-designer.ts";
import { gatherProblems } from "./gather-problems.ts";
import type { Problems } from "./problem.ts";
import { usePermissions } from "./use-permissions.ts";
import { ProblemsContext } from "./use-problems.ts";

interface Answer {
  readonly diagnostics: readonly Diagnostic[];
}

/** Our choice: as long as between two keys of somebody who types. */
const pauseMs = 350;

/** Looks for problems while there are readers of them: at once in the text and graph, and by the server when typing pauses. */
export function ProblemsProvider({ children }: { readonly children: ReactNode }) {
  const document = useDesignerView((view) => view.document);
  const isBehind = useDesignerView((view) => view.isBehind);
  // What is typed is shown first.
  const seen = useDeferredValue(document);
  const answer = useServerAnswer(document);
  const diagnostics = answer.data?.diagnostics;
  const permissions = usePermissions(answer.checked);
  const list = useMemo(
    () => gatherProblems(seen, diagnostics, permissions),
    [seen, diagnostics, permissions],
  );
  const problems: Problems = {
    list,
    errors: list.filter(({ severity }) => severity === "error").length,
    warnings: list.filter(({ severity }) => severity === "warning").length,
    isChecking: isBehind || seen !== document || answer.isStale,
    error: answer.error,
  };
  return <ProblemsContext value={problems}>{children}</ProblemsContext>;
}

/** What ValidateStateMachineDefinition says of the document of a moment ago. */
function useServerAnswer(document: DefinitionDocument) {
  const { workflow } = useDesigner();
  const { type } = useWorkflowSettings();
  const [paused, setPaused] = useState(document);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(document), pauseMs);
    return () => clearTimeout(timer);
  }, [document]);
  const isReadable = paused.faults.length === 0;
  const definition = useMemo(() => (isReadable ? jsonOf(paused) : ""), [paused, isReadable]);
  const region = workflow.machine && regionOf(workflow.machine.stateMachineArn);
  const query = useQuery({
    queryKey: ["validation", type, definition],
    queryFn: () =>
      server.call<Answer>(
        "ValidateStateMachineDefinition",
        { definition, type, severity: "WARNING" },
        region,
      ),
    enabled: isReadable,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    // Texts of a megabyte each: the last few are enough.
    gcTime: 10_000,
    retry: 1,
  });
  return {
    /** The definition that was looked at; "" for one that cannot be read. */
    checked: definition,
    data: isReadable ? query.data : undefined,
    error: isReadable ? query.error : null,
    isStale: paused !== document || (isReadable && (query.isPlaceholderData || query.isFetching)),
  };
}

/** The service knows no YAML. JSON is sent as it is written, so that its numbers keep their digits. */
function jsonOf({ text, format, value }: DefinitionDocument): string {
  return format === "json" ? text : JSON.stringify(value);
}
