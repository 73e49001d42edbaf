import { convertDefinition } from "../../../asl/to-jsonata/convert-definition.ts";
import { convertState } from "../../../asl/to-jsonata/convert-state.ts";
import { editsBetween, type JsonPlace } from "../../../asl/to-jsonata/edits.ts";
import { isJsonArray, isJsonObject, ownMember, type JsonObject } from "../../../expression/json.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { RequestContext } from "../../../service/operation.ts";
import type { ConsoleAccess } from "../../access.ts";
import type { ConversionView } from "../../view-types.ts";

/** Documented: quotas, the size of a definition. */
const mostCharacters = 1_048_576;

/** Our choice: steps to a state, which are at most five for each level of graphs. */
const mostSteps = 300;

/** Says a state, or a whole definition, in JSONata. It reads nothing and keeps nothing. */
export class ConvertDesk {
  readonly #access: Pick<ConsoleAccess, "may">;

  constructor(access: Pick<ConsoleAccess, "may">) {
    this.#access = access;
  }

  /** Who may have a definition checked may have it converted. Rejects as the API does for what is no {@link ConvertRequest}. */
  async convert(body: unknown, request: RequestContext): Promise<ConversionView> {
    await this.#access.may("states:ValidateStateMachineDefinition", "*", request);
    const definition = definitionOf(body);
    const place = placeOf(body);
    return place === undefined ? whole(definition) : oneState(definition, place);
  }
}

function definitionOf(body: unknown): JsonObject {
  const text = isJsonObject(body) ? body["definition"] : undefined;
  if (typeof text !== "string") throw errors.validation("definition must be a string.");
  if (text.length > mostCharacters) {
    throw errors.validation(`definition must have at most ${mostCharacters} characters.`);
  }
  let parsed;
  try {
    parsed = parseJson(text);
  } catch (error) {
    throw errors.validation(`definition is not JSON: ${(error as Error).message}`);
  }
  if (!isJsonObject(parsed)) throw errors.validation("definition must be a JSON object.");
  return parsed;
}

function placeOf(body: unknown): JsonPlace | undefined {
  const place = isJsonObject(body) ? ownMember(body, "state") : undefined;
  if (place === undefined) return undefined;
  const isPlace =
    isJsonArray(place) &&
    place.length <= mostSteps &&
    place.every((step) => typeof step === "string" || Number.isInteger(step));
  if (!isPlace) throw errors.validation("state must be a list of names and positions.");
  return place as JsonPlace;
}

function whole(definition: JsonObject): ConversionView {
  const result = convertDefinition(definition);
  const { notes, converted, left } = result;
  return { edits: editsBetween(definition, result.definition), notes, converted, left };
}

/** A machine of JSONata has no other states. */
function oneState(definition: JsonObject, place: JsonPlace): ConversionView {
  const state = at(definition, place);
  if (definition["QueryLanguage"] === "JSONata") {
    return { edits: [], notes: [], converted: 0, left: 0 };
  }
  const result = convertState(state);
  return {
    edits: editsBetween(state, result.state, place),
    notes: result.notes.map((note) => ({ ...note, path: [...place, ...note.path] })),
    converted: result.isConverted ? 1 : 0,
    left: result.isConverted ? 0 : 1,
  };
}

function at(definition: JsonObject, place: JsonPlace): JsonObject {
  let found: unknown = definition;
  for (const step of place) {
    if (isJsonArray(found) && typeof step === "number") found = found[step];
    else if (isJsonObject(found) && typeof step === "string") found = ownMember(found, step);
    else found = undefined;
  }
  if (!isJsonObject(found) || typeof found["Type"] !== "string") {
    throw errors.validation("There is no state at that place of the definition.");
  }
  return found;
}
