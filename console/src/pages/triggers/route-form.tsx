import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Check } from "../../parts/check.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook } from "../../parts/field.tsx";
import { Read } from "../../parts/query-state.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { functionsOptions } from "../functions/functions-api.ts";
import {
  type ChangeableRoute,
  createRoute,
  type GivenRoute,
  httpApis,
  readRoute,
  type RouteAction,
  routeActions,
  type StoredApi,
  updateRoute,
} from "./route-calls.ts";
import { routeProblem } from "./route-preview.ts";
import { RouteRequest } from "./route-request.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { useWorkflowChoices } from "./use-workflow-choices.ts";
import { TriggerForm } from "./trigger-form.tsx";

const exampleOrigin = "https://shop.example";
const methods = ["POST", "GET", "PUT", "PATCH", "DELETE", "ANY"] as const;

interface RouteFormProps {
  /** What is changed; absent: a new one is made. */
  readonly route?: ChangeableRoute;
  readonly onClose: () => void;
}

/** Makes a route of an HTTP API, or changes one; what a request to it comes to is shown meanwhile. */
export function RouteForm({ route, onClose }: RouteFormProps) {
  const { route: text } = useAroundText().triggers;
  return (
    <Dialog
      isOpen
      title={route === undefined ? text.create : text.edit(`${route.method} ${route.path}`)}
      onClose={onClose}
      width="max-w-4xl"
    >
      {route === undefined ? (
        <NewRoute onClose={onClose} />
      ) : (
        <Stored route={route} onClose={onClose} />
      )}
    </Dialog>
  );
}

function NewRoute({ onClose }: Pick<RouteFormProps, "onClose">) {
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const apis = useQuery({
    queryKey: [...keys.triggersOf("routes"), "apis"],
    queryFn: httpApis,
    // What is chosen already must not go away under the hands.
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <Read query={session}>
      {({ accountId }) => (
        <Read query={apis}>
          {(all) => (
            <Form
              apis={all}
              given={{
                apiId: all[0]?.apiId ?? "",
                apiName: "",
                origins: "",
                method: "POST",
                path: "/orders/{id}",
                does: "StartExecution",
                target: "",
                roleArn: `arn:aws:iam::${accountId}:role/web`,
                input: "$request.body",
                executionName: "",
                isSigned: false,
              }}
              onClose={onClose}
            />
          )}
        </Read>
      )}
    </Read>
  );
}

function Stored({
  route,
  onClose,
}: {
  readonly route: ChangeableRoute;
  readonly onClose: () => void;
}) {
  const query = useQuery({
    queryKey: [...keys.triggersOf("routes"), route.id],
    queryFn: () => readRoute(route),
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <Read query={query}>
      {(given) => (
        <Form
          apis={[{ apiId: route.apiId, name: route.api }]}
          route={route}
          given={given}
          onClose={onClose}
        />
      )}
    </Read>
  );
}

function Form({
  apis,
  route,
  given: begun,
  onClose,
}: RouteFormProps & { readonly apis: readonly StoredApi[]; readonly given: GivenRoute }) {
  const { triggers: words } = useAroundText();
  const { route: text } = words;
  const [given, setGiven] = useState(begun);
  const put = (changes: Partial<GivenRoute>) => setGiven({ ...given, ...changes });
  const { does } = given;
  const isNew = route === undefined;
  const isOfFunction = does === "function";
  const problem = routeProblem(given);
  const canSave =
    problem === undefined &&
    given.target !== "" &&
    (given.apiId !== "" || given.apiName !== "") &&
    (isOfFunction || given.roleArn !== "");
  const save = useTriggerChange(
    () => (isNew ? createRoute(given) : updateRoute(route, given)),
    onClose,
  );
  const choices = useChoices(does);
  const look = `${inputLook} h-8`;
  const asksOtherwise = !isNew && !["NONE", "AWS_IAM"].includes(route.authorizationType);
  return (
    <TriggerForm
      save={save}
      action={isNew ? text.create : words.save}
      canSave={canSave}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.api} hint={text.apiHint}>
          {(ids) => (
            <select
              {...ids}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
              autoFocus={isNew}
              disabled={!isNew}
              value={given.apiId}
              className={look}
              onChange={({ target }) => put({ apiId: target.value })}
            >
              {apis.map(({ apiId, name }) => (
                <option key={apiId} value={apiId}>
                  {name} · {apiId}
                </option>
              ))}
              <option value="">{text.newApi}</option>
            </select>
          )}
        </Field>
        {given.apiId === "" && (
          <TextField
            label={text.apiName}
            value={given.apiName}
            onChange={(apiName) => put({ apiName })}
          />
        )}
        {given.apiId === "" && (
          <TextField
            label={text.origins}
            hint={text.originsHint}
            isCode
            placeholder={exampleOrigin}
            value={given.origins}
            onChange={(origins) => put({ origins })}
          />
        )}
      </div>
      <div className="grid gap-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <Field label={text.method}>
          {(ids) => (
            <select
              {...ids}
              value={given.method}
              className={look}
              onChange={({ target }) => put({ method: target.value })}
            >
              {[...new Set([...methods, begun.method])].map((method) => (
                <option key={method} value={method}>
                  {method === "ANY" ? text.anyMethod : method}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TextField
          label={text.path}
          hint={text.pathHint}
          isCode
          value={given.path}
          onChange={(path) => put({ path })}
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.does} hint={does === "StartSyncExecution" ? text.syncHint : undefined}>
          {(ids) => (
            <select
              {...ids}
              value={does}
              className={look}
              onChange={({ target }) => put({ does: target.value as RouteAction, target: "" })}
            >
              {routeActions
                // An integration of one kind becomes none of the other.
                .filter((each) => isNew || (each === "function") === isOfFunction)
                .map((each) => (
                  <option key={each} value={each}>
                    {each === "function" ? text.callsFunction : text.operations[each]}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <TextField
          label={isOfFunction ? text.functionTarget : text.workflow}
          isCode
          options={choices}
          placeholder={choices[0]?.value}
          value={given.target}
          onChange={(target) => put({ target })}
        />
        <TextField
          label={words.role}
          hint={words.roleHint("apigateway.amazonaws.com")}
          isCode
          value={given.roleArn}
          onChange={(roleArn) => put({ roleArn })}
        />
        {!isOfFunction && (
          <TextField
            label={words.inputOf}
            hint={text.inputHint}
            isCode
            value={given.input}
            onChange={(input) => put({ input })}
          />
        )}
        {!isOfFunction && (
          <TextField
            label={text.executionName}
            hint={text.executionNameHint}
            isCode
            value={given.executionName}
            onChange={(executionName) => put({ executionName })}
          />
        )}
      </div>
      {asksOtherwise ? (
        <p className="text-[13px] text-dim">{text.asksOtherwise(route.authorizationType)}</p>
      ) : (
        <Check
          label={text.isSigned}
          isOn={given.isSigned}
          onChange={(isSigned) => put({ isSigned })}
        />
      )}
      <RouteRequest given={given} />
    </TriggerForm>
  );
}

/** What may be called: workflows, or the functions that are here. */
function useChoices(does: RouteAction) {
  const workflows = useWorkflowChoices();
  const functions = useQuery({ ...functionsOptions, enabled: does === "function" });
  if (does !== "function") return workflows;
  return (functions.data ?? []).map(({ arn, name }) => ({ value: arn, label: name }));
}
