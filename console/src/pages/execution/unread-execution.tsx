import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { RunStatus } from "../../../../src/console/view-types.ts";
import { keys } from "../../api/keys.ts";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Fact, Facts } from "../../parts/fact.tsx";
import { KeyLost, type KeyError } from "../../parts/key-lost.tsx";
import { Read } from "../../parts/query-state.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Ago, Took } from "../../parts/time.tsx";

/** What DescribeExecution answers without data, as far as it is shown; dates are seconds. */
interface Metadata {
  readonly name: string;
  readonly status: RunStatus;
  readonly stateMachineArn: string;
  readonly startDate: number;
  readonly stopDate?: number;
}

/** In place of the page of an execution whose key cannot be had. */
export function UnreadExecution({
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
  const input = { executionArn: arn, includedData: "METADATA_ONLY" };
  const metadata = useQuery({
    queryKey: [...keys.execution(arn), "metadata"],
    queryFn: () => server.call<Metadata>("DescribeExecution", input, regionOf(arn)),
  });
  return (
    <Read query={metadata}>
      {({ name, status, stateMachineArn, startDate, stopDate }) => (
        <>
          <header className="mb-4">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
              <StatusBadge status={status} />
              <h1
                className="min-w-0 truncate text-[20px] font-semibold tracking-tight"
                title={name}
              >
                {name}
              </h1>
            </div>
            <Facts>
              <Fact name={text.execution.workflow}>
                <Link
                  to="/workflows/$arn"
                  params={{ arn: stateMachineArn }}
                  className="font-medium text-accent hover:underline"
                >
                  {stateMachineArn.slice(stateMachineArn.lastIndexOf(":") + 1)}
                </Link>
              </Fact>
              <Fact name={text.time.started}>
                <Ago at={startDate * 1_000} />
              </Fact>
              <Fact name={text.time.duration}>
                <Took from={startDate * 1_000} to={stopDate && stopDate * 1_000} />
              </Fact>
            </Facts>
          </header>
          <KeyLost reason={reason} error={error} again={again} />
        </>
      )}
    </Read>
  );
}
