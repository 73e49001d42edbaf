import type { Attribute, Item } from "../attribute.ts";
import type { Path } from "./syntax.ts";

/**
 * An item while it is updated: places keep their indices until all is done, since all actions of an update mean the item as it was.
 * *Documented*: what is set behind the end of a list is put to its end.
 */
export interface DraftItem {
  /** Whether there is a map or list for what the path ends with. */
  hasParent(path: Path): boolean;
  set(path: Path, value: Attribute): void;
  remove(path: Path): void;
  finished(): Item;
}

type Draft = Attribute | DraftMap | DraftList;
interface DraftMap {
  readonly type: "draft map";
  readonly members: Map<string, Draft>;
}
interface DraftList {
  readonly type: "draft list";
  /** By index; those behind the end may be far apart. */
  readonly elements: Map<number, Draft>;
}

export function draftOf(item: Item): DraftItem {
  const root: DraftMap = { type: "draft map", members: new Map(item) };

  /** The parent of what the path ends with, as something that can be changed. */
  function parentOf(path: Path): DraftMap | DraftList | undefined {
    let parent: DraftMap | DraftList = root;
    for (const step of path.slice(0, -1)) {
      const child: Draft | undefined = memberOf(parent, step);
      const opened = child && openedDraft(child);
      if (opened === undefined) return undefined;
      setMember(parent, step, opened);
      parent = opened;
    }
    const last = path.at(-1);
    return (typeof last === "number") === (parent.type === "draft list") ? parent : undefined;
  }

  return {
    hasParent: (path) => parentOf(path) !== undefined,
    set(path, value) {
      const parent = parentOf(path);
      if (parent !== undefined) setMember(parent, path.at(-1) as string | number, value);
    },
    remove(path) {
      const parent = parentOf(path);
      const last = path.at(-1);
      if (parent?.type === "draft map") parent.members.delete(last as string);
      else parent?.elements.delete(last as number);
    },
    finished: () => finishedMap(root),
  };
}

function memberOf(parent: DraftMap | DraftList, step: string | number): Draft | undefined {
  if (parent.type === "draft map") {
    return typeof step === "string" ? parent.members.get(step) : undefined;
  }
  return typeof step === "number" ? parent.elements.get(step) : undefined;
}

function setMember(parent: DraftMap | DraftList, step: string | number, value: Draft): void {
  if (parent.type === "draft map") parent.members.set(step as string, value);
  else parent.elements.set(step as number, value);
}

function openedDraft(value: Draft): DraftMap | DraftList | undefined {
  switch (value.type) {
    case "draft map":
    case "draft list":
      return value;
    case "M":
      return { type: "draft map", members: new Map(value.value) };
    case "L":
      return { type: "draft list", elements: new Map(value.value.entries()) };
    default:
      return undefined;
  }
}

function finished(value: Draft): Attribute {
  switch (value.type) {
    case "draft map":
      return { type: "M", value: finishedMap(value) };
    case "draft list": {
      const places = [...value.elements.keys()].sort((a, b) => a - b);
      return {
        type: "L",
        value: places.map((place) => finished(value.elements.get(place) as Draft)),
      };
    }
    default:
      return value;
  }
}

function finishedMap({ members }: DraftMap): Item {
  return new Map([...members].map(([name, value]) => [name, finished(value)]));
}
