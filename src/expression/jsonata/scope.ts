import type { Run } from "./run.ts";
import type { Value } from "./value.ts";

/** A name that `:=` will bind, but has not yet: an enclosing binding, if there is one, is still seen. */
const unbound: unique symbol = Symbol("unbound");
type Slot = Value | typeof unbound;

/** The variables of one block, call or tuple while it is evaluated. */
export class Frame {
  readonly parent: Frame | undefined;
  readonly slots: Slot[];

  constructor(parent: Frame | undefined, slots: Slot[]) {
    this.parent = parent;
    this.slots = slots;
  }
}

/** Reads a variable. */
export type ReadVariable = (frame: Frame, run: Run) => Value;

/**
 * The names that one frame binds, known while the expression is compiled, so that a variable is found by
 * counting frames instead of looking up its name.
 */
export class Scope {
  readonly parent: Scope | undefined;
  readonly #slots = new Map<string, number>();
  /** Reads of variables, resolved when all names of all scopes are known. */
  readonly #pending: (() => string | undefined)[];

  constructor(parent?: Scope) {
    this.parent = parent;
    this.#pending = parent === undefined ? [] : parent.#pending;
  }

  /** Whether nothing is bound here, so that evaluation needs no frame of its own. */
  get isEmpty(): boolean {
    return this.#slots.size === 0;
  }

  /** How many names are bound here. */
  get size(): number {
    return this.#slots.size;
  }

  /** The slot of a name that this scope binds. */
  declare(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    this.#slots.set(name, this.#slots.size);
    return this.#slots.size - 1;
  }

  newFrame(parent: Frame | undefined): Frame {
    const slots: Slot[] = [];
    for (let slot = 0; slot < this.#slots.size; slot++) slots.push(unbound);
    return new Frame(parent, slots);
  }

  /**
   * A read of a variable; `free` reads it if no scope binds the name. It works once the whole expression is
   * compiled and {@link resolve} has been called.
   */
  reference(name: string, free: ReadVariable): ReadVariable {
    let read = free;
    this.#pending.push(() => {
      const reader = this.#reader(name, free);
      read = reader.read;
      return reader.isFree ? name : undefined;
    });
    return (frame, run) => read(frame, run);
  }

  /** Resolves all references; returns the names that no scope binds. */
  resolve(): ReadonlySet<string> {
    return new Set(this.#pending.flatMap((resolveOne) => resolveOne() ?? []));
  }

  /** Where the name may be bound, from the inside out: how many frames up, and in which slot. */
  #placesOf(name: string, hops: number): readonly (readonly [hops: number, slot: number])[] {
    const slot = this.#slots.get(name);
    const outer = this.isEmpty && this.parent !== undefined ? hops : hops + 1;
    const further = this.parent === undefined ? [] : this.parent.#placesOf(name, outer);
    return slot === undefined ? further : [[hops, slot], ...further];
  }

  #reader(name: string, free: ReadVariable): { read: ReadVariable; isFree: boolean } {
    const places = this.#placesOf(name, 0);
    const read = places.reduceRight((next, [distance, at]) => readSlot(distance, at, next), free);
    return { read, isFree: places.length === 0 };
  }
}

function readSlot(hops: number, slot: number, next: ReadVariable): ReadVariable {
  if (hops === 0) {
    return (frame, run) => {
      const value = frame.slots[slot] as Slot;
      return value === unbound ? next(frame, run) : value;
    };
  }
  return (frame, run) => {
    let home = frame;
    for (let hop = 0; hop < hops; hop++) home = home.parent as Frame;
    const value = home.slots[slot] as Slot;
    return value === unbound ? next(frame, run) : value;
  };
}
