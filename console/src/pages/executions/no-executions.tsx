import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/layout.tsx";
import { CliLine } from "./cli-line.tsx";

/** There is nothing that the filter picks, or nothing at all. */
export function NoExecutions({
  filter,
  onClear,
}: {
  readonly filter: string;
  readonly onClear: () => void;
}) {
  const text = useText();
  const words = text.executions.none;
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  if (filter !== "") {
    return (
      <Empty title={words.title} action={<Button onPress={onClear}>{words.clear}</Button>}>
        {words.hint}
      </Empty>
    );
  }
  const { endpoint = "", region = "", accountId = "" } = session.data ?? {};
  const machine = `arn:aws:states:${region}:${accountId}:stateMachine:hello-world`;
  const line = `aws stepfunctions start-execution --endpoint-url ${endpoint} --region ${region} \\\n  --state-machine-arn ${machine} --input '{"name":"World"}'`;
  return (
    <Empty
      title={words.firstTitle}
      action={
        <>
          <Link
            to="/workflows"
            className="inline-flex h-8 items-center rounded-md bg-accent px-3 text-[13px] font-medium text-accent-text hover:brightness-110"
          >
            {words.firstAction}
          </Link>
          {session.data !== undefined && (
            <div className="mt-2 w-full max-w-2xl">
              <p className="mb-1 text-left text-xs text-dim">{words.cli}</p>
              <CliLine code={line} label={words.cli} />
            </div>
          )}
        </>
      }
    >
      {words.firstHint}
    </Empty>
  );
}
