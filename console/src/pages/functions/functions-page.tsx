import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { usePageTitle } from "../../app/page-title.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { OpenRow } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { FunctionDetails } from "./function-details.tsx";
import { functionsOptions } from "./functions-api.ts";

const route = getRouteApi("/functions");

const command = `zip code.zip index.mjs
aws lambda create-function --function-name greet --runtime nodejs22.x --handler index.handler \\
  --role ROLE_ARN --zip-file fileb://code.zip`;

/** Functions that run here. */
export function FunctionsPage() {
  const { functions: text } = useAroundText();
  usePageTitle(text.title);
  const format = useFormat();
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(functionsOptions);
  const toggle = (id: string) =>
    void navigate({ search: open === id ? {} : { open: id }, replace: true });
  return (
    <>
      <PageHead title={text.title} hint={text.hint} />
      <Read query={query}>
        {(all) =>
          all.length === 0 ? (
            <Card>
              <Empty title={text.none}>{text.noneHint}</Empty>
              <CodeBlock label={text.command} code={command} />
            </Card>
          ) : (
            <Card flush>
              <ul aria-label={text.list}>
                {all.map((each) => (
                  <OpenRow
                    key={each.arn}
                    id={each.arn}
                    name={each.name}
                    note={each.deployed?.Description}
                    facts={
                      <>
                        {each.deployed !== undefined && (
                          <>
                            <span>{each.deployed.Runtime}</span>
                            <span>{format.dateTime(Date.parse(each.deployed.LastModified))}</span>
                          </>
                        )}
                        <span className="rounded-md border border-line px-1.5 text-xs">
                          {text.sources[each.source] ?? each.source}
                        </span>
                      </>
                    }
                    open={open}
                    toggle={toggle}
                  >
                    {() => <FunctionDetails of={each} />}
                  </OpenRow>
                ))}
              </ul>
            </Card>
          )
        }
      </Read>
    </>
  );
}
