import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Empty } from "../../parts/layout.tsx";

/** What a Map Run is, and how to get one. */
export function NoMapRuns() {
  const text = useText();
  const { data } = useQuery({ queryKey: keys.session, queryFn: server.session });
  const command = `aws stepfunctions start-execution --endpoint-url ${data?.endpoint ?? ""} --region ${data?.region ?? ""} --state-machine-arn arn:aws:states:${data?.region ?? ""}:${data?.accountId ?? ""}:stateMachine:NAME --input '{}'`;
  return (
    <Empty
      title={text.mapRuns.empty}
      action={
        <>
          <Link
            to="/workflows"
            className="inline-flex h-8 items-center rounded-md bg-accent px-3 text-[13px] font-medium text-accent-text hover:brightness-110"
          >
            {text.mapRuns.emptyAction}
          </Link>
          <p className="mt-3 text-xs text-dim">{text.mapRuns.emptyCli}</p>
          <div className="flex max-w-full items-start gap-2 rounded-lg border border-line bg-sunken p-2 pl-3 text-left">
            <code className="min-w-0 font-mono text-xs leading-6 break-words">{command}</code>
            <CopyButton value={command} />
          </div>
        </>
      }
    >
      {text.mapRuns.emptyHint}
    </Empty>
  );
}
