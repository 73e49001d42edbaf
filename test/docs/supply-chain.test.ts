import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}
const { dependencies, devDependencies } = JSON.parse(read("package.json")) as {
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
};
const { packages } = JSON.parse(read("package-lock.json")) as {
  readonly packages: { readonly [path: string]: Package };
};

/** AWS's own SDK comes in many small packages of one publisher and one release; it is counted apart. */
const isOfAws = (name: string): boolean => /^@(aws|aws-sdk|smithy)\//.test(name);

/** The places in the lock file of what these need at run time, themselves among them. */
function needed(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const place = placeOf(name, from);
    if (found.has(place)) return;
    found.add(place);
    const { dependencies: more = {}, optionalDependencies = {} } = packages[place] ?? {};
    for (const next of Object.keys({ ...more, ...optionalDependencies })) visit(next, place);
  };
  for (const name of names) visit(name, "");
  return found;
}

/** Where Node would find the package: in the nearest `node_modules`, from `from` upwards. */
function placeOf(name: string, from: string): string {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))) {
    const place = join(folder, "node_modules", name);
    if (place in packages) return place;
    if (folder === "") throw new Error(`${name}, which ${from} needs, is not in the lock file`);
  }
}

test("at most 25 packages run, beside those of AWS's SDK", () => {
  const own = needed(Object.keys(dependencies).filter((name) => !isOfAws(name)));
  expect([...own].filter((place) => isOfAws(place.replace("node_modules/", "")))).toEqual([]);
  expect(own.size).toBeLessThanOrEqual(25);
  const all = needed(Object.keys(dependencies));
  expect(all.size - own.size).toBeLessThanOrEqual(40);
});

test("each of them is of one exact version, from the registry, with the hash of its content, and runs nothing when it is installed", () => {
  const places = needed(Object.keys(dependencies));
  for (const place of places) {
    const { version, resolved, integrity, hasInstallScript } = packages[place] ?? {};
    expect(version, place).toMatch(/^\d+\.\d+\.\d+/);
    expect(integrity, place).toMatch(/^sha512-/);
    expect(hasInstallScript, place).toBeUndefined();
    if (resolved !== undefined)
      expect(resolved, place).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
});

test("what the package names is named by exact versions, here and in the lock file", () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

test("each has a decision that says why", () => {
  const folder = "docs/decisions";
  const pages = readdirSync(join(root, folder)).map((file) => read(join(folder, file)));
  const unexplained = Object.keys(dependencies).filter(
    (name) => !pages.some((page) => page.includes(name)),
  );
  expect(unexplained).toEqual([]);
});

test("no text becomes code: there is no eval, no Function and no vm in the sources", () => {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter(
    (file) => /(?<!\.(test|fixture))\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(500);
  const compiling = files.filter((file) =>
    /(^|[^.$\w"'`])eval\(|new Function\b|["'](node:)?vm["']|\bsetTimeout\(["'`]/m.test(
      read(join("src", file)).replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, ""),
    ),
  );
  expect(compiling).toEqual([]);
});
