import { useQuery } from "@tanstack/react-query";
import { FileJson2 } from "lucide-react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Loading } from "../../parts/layout.tsx";
import { CliLine } from "../executions/cli-line.tsx";
import { FileButton } from "./file-button.tsx";

/** What can be opened here, and how to come by it. */
export function FirstFile({
  onFile,
  isReading,
  isOver,
}: {
  readonly onFile: (file: File) => void;
  readonly isReading: boolean;
  readonly isOver: boolean;
}) {
  const text = useText();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const { endpoint = "", region = "", accountId = "" } = session.data ?? {};
  const get = (options: string, arn: string) =>
    `aws stepfunctions get-execution-history${options} \\\n  --execution-arn ${arn} --output json > history.json`;
  const arn = `arn:aws:states:${region}:${accountId}:execution:NAME:RUN`;
  if (isReading) return <Loading />;
  return (
    <>
      <div
        className={`flex flex-col items-center gap-3 rounded-xl border-2 border-dashed px-6 py-14 text-center transition-colors ${isOver ? "border-accent bg-accent-soft" : "border-line-strong bg-surface"}`}
      >
        <FileJson2 aria-hidden size={32} strokeWidth={1.5} className="text-faint" />
        <p className="text-[15px] font-semibold">{text.imports.drop}</p>
        <p className="max-w-prose text-dim">{text.imports.dropHint}</p>
        <FileButton onFile={onFile} look="primary" label={text.imports.choose}>
          {text.imports.choose}
        </FileButton>
        <p className="text-xs text-dim">{text.imports.stays}</p>
      </div>
      <div className="mt-6 grid gap-4 lg:grid-cols-2">
        <Command
          label={text.imports.fromAws}
          line={get("", "arn:aws:states:REGION:ACCOUNT:execution:NAME:RUN")}
        />
        {session.data !== undefined && (
          <Command
            label={text.imports.fromHere}
            line={get(` --endpoint-url ${endpoint} --region ${region}`, arn)}
          />
        )}
      </div>
    </>
  );
}

function Command({ label, line }: { readonly label: string; readonly line: string }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs text-dim">{label}</p>
      <CliLine code={line} label={label} />
    </div>
  );
}
