import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { useQuery } from "@tanstack/react-query";
import { keys } from "../../api/keys.ts";
import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Loading } from "../../parts/layout.tsx";
import { DocumentDiff } from "./document-diff.tsx";

interface Described {
  readonly input?: string;
  readonly output?: string;
}

/** What the two executions were given and gave. */
export function WholeDocuments({
  a,
  b,
  isSplit,
}: {
  readonly a: ExecutionView;
  readonly b: ExecutionView;
  readonly isSplit: boolean;
}) {
  const text = useText();
  const [ofA, ofB] = [useDocuments(a), useDocuments(b)];
  if (ofA.isPending || ofB.isPending) return <Loading />;
  return (
    <div className="grid gap-5 p-4">
      <DocumentDiff
        a={ofA.data?.input}
        b={ofB.data?.input}
        title={text.compare.input}
        isSplit={isSplit}
      />
      <DocumentDiff
        a={ofA.data?.output}
        b={ofB.data?.output}
        title={text.compare.output}
        isSplit={isSplit}
      />
    </div>
  );
}

/** From its first event and its last: an Express execution cannot be described. */
function useDocuments({ executionArn, lastEventId }: ExecutionView) {
  return useQuery({
    queryKey: [...keys.execution(executionArn), "documents", lastEventId],
    staleTime: Infinity,
    queryFn: async (): Promise<Described> => {
      const event = async (from: number, name: string) => {
        const { events } = await server.events(executionArn, { from, limit: 1, data: true });
        return (events[0]?.[name] ?? {}) as Described;
      };
      const [{ input }, { output }] = await Promise.all([
        event(1, "executionStartedEventDetails"),
        event(lastEventId, "executionSucceededEventDetails"),
      ]);
      return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
    },
  });
}
