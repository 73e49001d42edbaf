import { useQuery } from "@tanstack/react-query";
import { regionOf, server } from "../../../api/client.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Field, inputLook } from "../../../parts/field.tsx";
import { qualifierOf, type Alias, type AliasPage } from "../../workflows/state-machine.ts";
import { workflowKeys } from "../../workflows/use-workflows.ts";
import { movedRoutes } from "./moved-routes.ts";
import type { SavedOutcome } from "./saved-outcome.ts";

/** Whether what is saved becomes a version, and who is led to it. */
export interface Publishing {
  readonly isPublished: boolean;
  readonly description: string;
  /** The ARN of an alias; absent: none is moved. */
  readonly alias?: string | undefined;
  /** Per cent of its starts. */
  readonly weight: number;
}

export const notPublished: Publishing = { isPublished: false, description: "", weight: 100 };

/** Our choice: as many aliases are offered. */
const mostAliases = 100;

const describeAlias = (stateMachineAliasArn: string) =>
  server.call<Alias>(
    "DescribeStateMachineAlias",
    { stateMachineAliasArn },
    regionOf(stateMachineAliasArn),
  );

const routesOf = ({ routingConfiguration }: Alias) =>
  routingConfiguration.map(({ stateMachineVersionArn, weight }) => ({
    version: qualifierOf(stateMachineVersionArn),
    weight,
  }));

/** Leads an alias to a version that has just been made. That it fails takes nothing back: it is told. */
export async function moveAlias(
  { alias: arn, weight }: Publishing,
  version: string,
): Promise<Pick<SavedOutcome, "alias" | "aliasProblem">> {
  if (arn === undefined) return {};
  const alias = qualifierOf(arn);
  try {
    const stateMachineArn = arn.slice(0, arn.lastIndexOf(":"));
    const routes = movedRoutes(routesOf(await describeAlias(arn)), version, weight);
    await server.call(
      "UpdateStateMachineAlias",
      {
        stateMachineAliasArn: arn,
        routingConfiguration: routes.map((route) => ({
          stateMachineVersionArn: `${stateMachineArn}:${route.version}`,
          weight: route.weight,
        })),
      },
      regionOf(arn),
    );
    return { alias };
  } catch (error) {
    return { aliasProblem: { alias, message: String((error as Error).message) } };
  }
}

/** Asks whether it is published, and how much of an alias's starts it gets. */
export function PublishFields({
  stateMachineArn,
  publishing,
  onChange,
}: {
  readonly stateMachineArn: string;
  readonly publishing: Publishing;
  readonly onChange: (publishing: Publishing) => void;
}) {
  const text = useText();
  const { ship: words } = useDesignerText();
  const { isPublished, description, alias } = publishing;
  const aliases = useQuery({
    queryKey: [...workflowKeys.aliases(stateMachineArn), "all"],
    queryFn: () =>
      server.call<AliasPage>(
        "ListStateMachineAliases",
        { stateMachineArn, maxResults: mostAliases },
        regionOf(stateMachineArn),
      ),
    enabled: isPublished,
  });
  const arns = aliases.data?.stateMachineAliases.map((each) => each.stateMachineAliasArn) ?? [];
  return (
    <div className="grid items-start gap-x-6 gap-y-3 sm:grid-cols-2">
      <label className="flex min-h-8 cursor-pointer items-center gap-2.5 text-[13px] font-medium sm:col-span-2">
        <input
          type="checkbox"
          checked={isPublished}
          onChange={(event) => onChange({ ...publishing, isPublished: event.target.checked })}
          className="h-4 w-4 accent-accent"
        />
        {words.publish}
      </label>
      {isPublished && (
        <Field label={text.editing.versionDescription}>
          {(ids) => (
            <input
              {...ids}
              maxLength={256}
              autoComplete="off"
              value={description}
              onChange={(event) => onChange({ ...publishing, description: event.target.value })}
              className={`${inputLook} h-8`}
            />
          )}
        </Field>
      )}
      {isPublished && arns.length > 0 && (
        <Field label={words.alias}>
          {(ids) => (
            <select
              {...ids}
              value={alias ?? ""}
              onChange={(event) =>
                onChange({ ...publishing, alias: event.target.value || undefined })
              }
              className={`${inputLook} h-8`}
            >
              <option value="">{words.noAlias}</option>
              {arns.map((arn) => (
                <option key={arn} value={arn}>
                  {qualifierOf(arn)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {isPublished && alias !== undefined && (
        <Share
          stateMachineArn={stateMachineArn}
          arn={alias}
          weight={publishing.weight}
          onChange={(weight) => onChange({ ...publishing, weight })}
        />
      )}
    </div>
  );
}

/** How much of an alias's starts the new version gets, and what that means. */
function Share({
  stateMachineArn,
  arn,
  weight,
  onChange,
}: {
  readonly stateMachineArn: string;
  readonly arn: string;
  readonly weight: number;
  readonly onChange: (weight: number) => void;
}) {
  const { ship: words } = useDesignerText();
  const format = useFormat();
  const { data } = useQuery({
    queryKey: workflowKeys.alias(stateMachineArn, arn),
    queryFn: () => describeAlias(arn),
  });
  const change = (share: number) => {
    if (Number.isFinite(share)) onChange(Math.min(100, Math.max(1, Math.round(share))));
  };
  const after = data === undefined ? undefined : movedRoutes(routesOf(data), "", weight);
  const rest = after?.find(({ version }) => version !== "");
  const alias = qualifierOf(arn);
  return (
    <fieldset className="rounded-lg border border-line p-3 sm:col-span-2">
      <legend className="px-1 text-xs text-dim">{words.weight}</legend>
      <div className="flex items-center gap-3">
        <input
          type="range"
          aria-label={words.weight}
          min={1}
          max={100}
          value={weight}
          onChange={(event) => change(event.target.valueAsNumber)}
          className="h-6 grow accent-accent"
        />
        <input
          type="number"
          aria-label={words.weightNumber}
          min={1}
          max={100}
          value={weight}
          onChange={(event) => change(event.target.valueAsNumber)}
          className={`${inputLook} h-8 w-18! text-right tabular-nums`}
        />
        <span aria-hidden className="text-dim">
          %
        </span>
      </div>
      {after !== undefined && (
        <p role="status" className="mt-2 text-[13px]">
          {rest === undefined
            ? words.routeAll(alias)
            : words.routeSplit(
                alias,
                format.number(weight),
                rest.version,
                format.number(rest.weight),
              )}
        </p>
      )}
    </fieldset>
  );
}
