import { useQuery } from "@tanstack/react-query";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { type FunctionAlias, versionsOptions } from "./functions-api.ts";

/** The versions of a function that were published, and the aliases that lead to them. */
export function VersionList({ arn }: { readonly arn: string }) {
  const { functions: text } = useAroundText();
  const format = useFormat();
  const query = useQuery(versionsOptions(arn));
  return (
    <Read query={query}>
      {({ versions, aliases }) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {aliases.length === 0 ? (
            <p className="text-[13px] text-dim">{text.noAliases}</p>
          ) : (
            <Table label={text.aliases}>
              <thead>
                <tr>
                  <Head>{text.alias}</Head>
                  <Head>{text.pointsTo}</Head>
                </tr>
              </thead>
              <tbody>
                {aliases.map((alias) => (
                  <tr key={alias.AliasArn} className={rowLook}>
                    <Cell className="font-medium [overflow-wrap:anywhere]">{alias.Name}</Cell>
                    <Cell>
                      {alias.FunctionVersion}
                      <Shares alias={alias} />
                    </Cell>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
          {versions.length === 0 ? (
            <p className="text-[13px] text-dim">{text.noVersions}</p>
          ) : (
            <Table label={text.versions}>
              <thead>
                <tr>
                  <Head>{text.version}</Head>
                  <Head>{text.description}</Head>
                  <Head>{text.changed}</Head>
                </tr>
              </thead>
              <tbody>
                {versions.map(({ Version, Description, LastModified }) => (
                  <tr key={Version} className={rowLook}>
                    <Cell className="font-medium">{Version}</Cell>
                    <Cell className="[overflow-wrap:anywhere]">{Description}</Cell>
                    <Cell className="whitespace-nowrap">
                      {format.dateTime(Date.parse(LastModified))}
                    </Cell>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </div>
      )}
    </Read>
  );
}

function Shares({ alias: { RoutingConfig } }: { readonly alias: FunctionAlias }) {
  const { functions: text } = useAroundText();
  const format = useFormat();
  return Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {}).map(([version, share]) => (
    <span key={version} className="block text-xs text-dim">
      {text.shared(format.percent(share), version)}
    </span>
  ));
}
