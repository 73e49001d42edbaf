import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useCallback, useMemo } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";

/** Leads to the runs of the same workflow before and after this one. */
export function Neighbours({ executionArn }: { readonly executionArn: string }) {
  const text = useText();
  const navigate = useNavigate({ from: "/executions/$arn" });
  const found = useQuery({
    queryKey: ["execution", executionArn, "neighbours"],
    queryFn: () => server.neighbours(executionArn),
  });
  const { older, newer } = found.data ?? {};
  const open = useCallback(
    (row: ExecutionRow | undefined) =>
      row === undefined
        ? undefined
        : void navigate({
            to: "/executions/$arn",
            params: { arn: row.executionArn },
            // What is looked at stays; what was selected is of the other one.
            search: ({ page, pane }) => ({ page, pane }),
          }),
    [navigate],
  );
  useShortcuts(
    useMemo(() => {
      const { group } = text.execution;
      return [
        { keys: "Alt+ArrowLeft", label: text.runHead.older, group, run: () => open(older) },
        { keys: "Alt+ArrowRight", label: text.runHead.newer, group, run: () => open(newer) },
      ];
    }, [text, open, older, newer]),
  );
  if (older === undefined && newer === undefined) return null;
  return (
    <span className="inline-flex">
      <IconButton
        label={text.runHead.olderKeys}
        isDisabled={older === undefined}
        onPress={() => open(older)}
      >
        <ChevronLeft aria-hidden size={16} />
      </IconButton>
      <IconButton
        label={text.runHead.newerKeys}
        isDisabled={newer === undefined}
        onPress={() => open(newer)}
      >
        <ChevronRight aria-hidden size={16} />
      </IconButton>
    </span>
  );
}
