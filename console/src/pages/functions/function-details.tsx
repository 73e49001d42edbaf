import { useState, type ReactNode } from "react";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Fact, Facts } from "../../parts/fact.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { StackOf } from "../stacks/stack-of.tsx";
import type { DeployedFunction, ListedFunction } from "./functions-api.ts";
import { InvokeForm } from "./invoke-form.tsx";
import { PrintedLog } from "./printed-log.tsx";
import { VersionList } from "./version-list.tsx";

type Part = "invoke" | "logs" | "versions" | "details";

/** A function to be called, with what it printed and what it is. */
export function FunctionDetails({ of: each }: { readonly of: ListedFunction }) {
  const { functions: text } = useAroundText();
  const [part, setPart] = useState<Part>("invoke");
  const { arn, deployed } = each;
  const parts: readonly (readonly [Part, ReactNode])[] = [
    ["invoke", <InvokeForm key="invoke" of={each} />],
    ["logs", <PrintedLog key="logs" arn={arn} />],
    ...(deployed === undefined
      ? []
      : ([
          ["versions", <VersionList key="versions" arn={arn} />],
          ["details", <Configuration key="details" deployed={deployed} />],
        ] as const)),
  ];
  return (
    <>
      <StackOf arn={arn} />
      {deployed === undefined && <p className="mb-2 text-[13px] text-dim">{text.local}</p>}
      <Tabs
        label={text.tabs}
        selected={part}
        onSelect={(id) => setPart(id as Part)}
        items={parts.map(([id, content]) => ({ id, label: text[id], content }))}
      />
    </>
  );
}

function Configuration({ deployed }: { readonly deployed: DeployedFunction }) {
  const { functions: text } = useAroundText();
  const format = useFormat();
  const { Runtime, Handler, Role, Timeout, CodeSize, LastModified, Environment } = deployed;
  const names = Object.keys(Environment?.Variables ?? {});
  return (
    <>
      <Facts>
        <Fact name={text.runtime}>{Runtime}</Fact>
        <Fact name={text.handler}>
          <code>{Handler}</code>
        </Fact>
        <Fact name={text.role}>
          <span title={Role}>{Role}</span>
        </Fact>
        {Timeout !== undefined && (
          <Fact name={text.timeout}>{text.seconds(format.number(Timeout))}</Fact>
        )}
        {CodeSize !== undefined && <Fact name={text.codeSize}>{format.bytes(CodeSize)}</Fact>}
        <Fact name={text.changed}>{format.dateTime(Date.parse(LastModified))}</Fact>
      </Facts>
      <h3 className="mt-4 mb-1 text-[13px] font-semibold">
        {text.environment} <span className="font-normal text-dim">{text.environmentHint}</span>
      </h3>
      <p className="font-mono text-xs break-all text-dim">
        {names.length === 0 ? text.noEnvironment : names.join(", ")}
      </p>
    </>
  );
}
