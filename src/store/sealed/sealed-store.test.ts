import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyUnavailable } from "../../ports/key-provider.ts";
import type { JournalChunk, Store } from "../../ports/store.ts";
import { createMemoryStore } from "../memory/memory-store.ts";
import { keyTextProvider, newKeyText } from "../keys/key-text.ts";
import { rewrapKeys } from "./key-ring.ts";
import { openSealedStore } from "./open-sealed-store.ts";
import { SealViolation } from "./sealed-text.ts";

const provider = keyTextProvider("the key of the test", newKeyText());
const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";
const arnOf = (name: string): string =>
  `arn:aws:states:us-east-1:123456789012:execution:orders:${name}`;

async function seal<S extends Store>(
  store: S,
  plainTexts: "accepted" | "refused" = "refused",
  keys = provider,
): Promise<S> {
  const options = { store, provider: keys, now: () => 1_000, plainTexts };
  return (await openSealedStore(options)).store;
}

function chunk(first: number, last: number, text: string): JournalChunk {
  return { firstEventId: first, lastEventId: last, data: JSON.stringify([text]) };
}

/** Journals as a server that was started anew in between leaves them: public and private chunks, two tenures. */
const journal: readonly JournalChunk[] = [
  chunk(1, 2, "a"),
  chunk(0, 0, "b"),
  chunk(3, 5, "c"),
  chunk(6, 6, "d"),
  chunk(0, 0, "e"),
  chunk(7, 9, "f"),
];
const secondTenure = 3;

async function filled(): Promise<ReturnType<typeof createMemoryStore>> {
  const raw = createMemoryStore();
  for (const tenure of [1, 2]) {
    const store = await seal(raw);
    const epoch = await store.acquire(0);
    const chunks = tenure === 1 ? journal.slice(0, secondTenure) : journal.slice(secondTenure);
    for (const [index, each] of chunks.entries()) {
      await store.commit({
        partition: 0,
        epoch,
        sequence: index + 1,
        writes: ["one", "two"].map((name) => ({
          executionArn: arnOf(name),
          chunk: each,
          ...(tenure === 1 && index === 0 && { start: startOf(name) }),
        })),
        messagesSent: [],
        messagesDelivered: [],
      });
    }
  }
  return raw;
}

function startOf(name: string) {
  return {
    executionArn: arnOf(name),
    stateMachineArn: machine,
    revisionId: "r",
    name,
    status: "RUNNING",
    startDate: 1_000,
  } as const;
}

/** The store with other chunks in the place of those of the execution `one`. */
function holding(raw: Store, chunks: readonly JournalChunk[]): Promise<Store> {
  return seal({ ...raw, journal: async () => chunks });
}

describe("a sealed journal", () => {
  test("reads as it was written, over two tenures", async () => {
    const store = await seal(await filled());
    expect(await store.journal(arnOf("one"), {})).toEqual(journal);
    expect(await store.journal(arnOf("one"), { reverse: true })).toEqual(journal.toReversed());
  });

  test("is refused, by its name, whatever was done to its rows but at the end", async () => {
    const raw = await filled();
    const mine = await raw.journal(arnOf("one"), {});
    const others = await raw.journal(arnOf("two"), {});
    const last = mine.length - 1;
    // A chunk of private events alone that follows a restart is told from others by its neighbours only.
    const change = fc.oneof(
      fc
        .tuple(fc.nat(last), fc.nat(last))
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => {
          const swapped = [...mine];
          [swapped[a], swapped[b]] = [mine[b] as JournalChunk, mine[a] as JournalChunk];
          return swapped;
        }),
      fc.nat(last - 1).map((at) => mine.filter((_, index) => index !== at)),
      fc
        .nat(last)
        .map((at) =>
          mine.map((each, index) => (index === at ? (others[at] as JournalChunk) : each)),
        ),
      fc
        .tuple(fc.nat(last), fc.nat(last))
        .map(([from, at]) => mine.toSpliced(at, 0, mine[from] as JournalChunk)),
      fc
        .tuple(fc.nat(last), fc.nat(), fc.constantFrom("A", "Z", ".", "~"))
        .map(([at, place, letter]) =>
          mine.map((each, index) => {
            if (index !== at) return each;
            const position = place % each.data.length;
            const data = each.data.slice(0, position) + letter + each.data.slice(position + 1);
            return { ...each, data };
          }),
        )
        .filter((chunks) => JSON.stringify(chunks) !== JSON.stringify(mine)),
      fc
        .tuple(fc.nat(last), fc.constantFrom('["a"]', "{}", ""))
        .map(([at, data]) => mine.map((each, index) => (index === at ? { ...each, data } : each))),
    );
    await fc.assert(
      fc.asyncProperty(change, async (chunks) => {
        const store = await holding(raw, chunks);
        const error: unknown = await store
          .journal(arnOf("one"), {})
          .catch((thrown: unknown) => thrown);
        // The last letters of base64 can be written in several ways.
        if (Array.isArray(error)) {
          expect(error).toEqual(journal);
        } else {
          expect(error).toBeInstanceOf(SealViolation);
          expect((error as Error).message).toContain(arnOf("one"));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a sealed store", () => {
  test("keeps no text in clear, and gives each back", async () => {
    const raw = createMemoryStore();
    const store = await seal(raw);
    const long = "canary ".repeat(10_000);
    for (const body of ["canary", "", long]) {
      const record = { collection: "test", id: `d${body.length}`, version: 1, body };
      expect(await store.putDocument(record)).toBe(true);
      expect(await store.document("test", record.id)).toEqual(record);
      const kept = (await raw.document("test", record.id))?.body ?? "";
      expect(kept).toMatch(/^~s1\./);
      expect(kept).not.toContain("canary");
      expect(kept.length).toBeLessThan(body.length * 1.5 + 100);
    }
  });

  test("does not open a text in another place, or of an earlier version", async () => {
    const raw = createMemoryStore();
    const store = await seal(raw);
    await store.putDocument({ collection: "test", id: "a", version: 1, body: "old" });
    const { body = "" } = (await raw.document("test", "a")) ?? {};
    await store.putDocument({ collection: "test", id: "a", version: 2, body: "new" });
    await raw.putDocument({ collection: "test", id: "b", version: 1, body });
    await raw.putDocument({ collection: "test", id: "a", version: 3, body });
    await expect(store.document("test", "b")).rejects.toThrow(
      "the document b of test is not what was sealed",
    );
    await expect(store.document("test", "a")).rejects.toThrow(SealViolation);
  });

  test("counts what is stored already as written, though it seals it to another text", async () => {
    const store = await seal(createMemoryStore());
    const record = { collection: "test", id: "a", version: 1, body: "same" };
    expect(await store.putDocument(record)).toBe(true);
    expect(await store.putDocument(record)).toBe(true);
    expect(await store.putDocument({ ...record, body: "other" })).toBe(false);
  });

  test("takes plain texts until everything is sealed, and not after that", async () => {
    const raw = createMemoryStore();
    await raw.putDocument({ collection: "test", id: "plain", version: 1, body: "{}" });
    const store = await seal(raw, "accepted");
    expect((await store.document("test", "plain"))?.body).toBe("{}");
    expect(await store.secret()).toBe(await raw.secret());

    const fresh = createMemoryStore();
    const refusing = await seal(fresh, "refused");
    await fresh.putDocument({ collection: "test", id: "planted", version: 1, body: "{}" });
    await expect(refusing.document("test", "planted")).rejects.toThrow("is not sealed");
    // It stays so, whatever a later start asks for.
    const later = await seal(fresh, "accepted");
    await expect(later.document("test", "planted")).rejects.toThrow("is not sealed");
  });

  test("keeps its secret sealed, and the same over starts", async () => {
    const raw = createMemoryStore();
    const secret = await (await seal(raw)).secret();
    expect(secret).not.toBe(await raw.secret());
    expect(await (await seal(raw)).secret()).toBe(secret);
    expect(JSON.stringify(await raw.documents("keys.secret", { limit: 9 }))).not.toContain(secret);
  });

  test("does not open with another key", async () => {
    const raw = createMemoryStore();
    await seal(raw);
    const other = keyTextProvider("the key file /other", newKeyText());
    const opening = seal(raw, "refused", other);
    await expect(opening).rejects.toThrow(KeyUnavailable);
    await expect(opening).rejects.toThrow("the key file /other is not the key that wrapped");
  });

  test("does not believe what was changed in the record of a key", async () => {
    const raw = createMemoryStore();
    await seal(raw, "refused");
    const [record] = (await raw.documents("keys.data", { limit: 1 })).items;
    const body = record?.body.replace('"refused"', '"accepted"') ?? "";
    await raw.putDocument({ collection: "keys.data", id: record?.id ?? "", version: 2, body });
    await expect(seal(raw, "refused")).rejects.toThrow(KeyUnavailable);
  });
});

describe("data keys", () => {
  test("are made anew when it is time, and the old ones still open", async () => {
    const raw = createMemoryStore();
    let now = 0;
    const options = { store: raw, provider, now: () => now, plainTexts: "refused" } as const;
    const { store } = await openSealedStore({ ...options, rotateAfterDays: 1 });
    const put = (id: string): Promise<boolean> =>
      store.putDocument({ collection: "test", id, version: 1, body: id });
    await put("a");
    now = 2 * 24 * 3_600_000;
    await put("b");
    await expect
      .poll(async () => (await raw.documents("keys.data", { limit: 9 })).items.length)
      .toBe(2);
    await put("c");
    const keyOf = async (id: string): Promise<string | undefined> =>
      (await raw.document("test", id))?.body.split(".")[1];
    expect(await keyOf("b")).toBe(await keyOf("a"));
    expect(await keyOf("c")).not.toBe(await keyOf("a"));
    const { store: again } = await openSealedStore(options);
    for (const id of ["a", "b", "c"]) expect((await again.document("test", id))?.body).toBe(id);
  });

  test("that another node has made are found when something is read", async () => {
    const raw = createMemoryStore();
    const [one, other] = [await seal(raw), await seal(raw)];
    let now = 0;
    const { store: rotating } = await openSealedStore({
      store: raw,
      provider,
      now: () => (now += 1e12),
      plainTexts: "refused",
      rotateAfterDays: 1,
    });
    await rotating.putDocument({ collection: "test", id: "a", version: 1, body: "first" });
    await expect
      .poll(async () => {
        const { items } = await raw.documents("keys.data", { limit: 99 });
        return items.length;
      })
      .toBeGreaterThan(1);
    await rotating.putDocument({ collection: "test", id: "b", version: 1, body: "second" });
    expect((await one.document("test", "b"))?.body).toBe("second");
    expect((await other.document("test", "a"))?.body).toBe("first");
  });

  test("are wrapped with another key, as often as it is asked for, and open with that one alone", async () => {
    const raw = createMemoryStore();
    await (await seal(raw)).putDocument({ collection: "test", id: "a", version: 1, body: "x" });
    const other = keyTextProvider("the other key", newKeyText());
    expect(await rewrapKeys(raw, provider, other)).toBe(1);
    expect(await rewrapKeys(raw, provider, other)).toBe(0);
    expect((await (await seal(raw, "refused", other)).document("test", "a"))?.body).toBe("x");
    await expect(seal(raw)).rejects.toThrow(KeyUnavailable);
  });

  test("that are gone are named", async () => {
    const raw = createMemoryStore();
    const store = await seal(raw);
    await store.putDocument({ collection: "test", id: "a", version: 1, body: "x" });
    const [key] = (await raw.documents("keys.data", { limit: 1 })).items;
    await raw.deleteDocument("keys.data", key?.id ?? "", 1);
    await expect(seal(raw)).rejects.toThrow(`sealed with the data key ${key?.id}, which is gone`);
  });
});
