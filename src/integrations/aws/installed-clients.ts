import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createClientModules } from "./client-modules.ts";
import { sdkServiceName } from "./service-names.ts";

/** A client of the AWS SDK in a folder of packages. */
export interface InstalledClient {
  /** As the ARNs of SDK integrations name it. */
  readonly service: string;
  readonly packageName: string;
  readonly version: string;
}

const prefix = "client-";

/** The clients in the `node_modules` of a folder. */
function clientsIn(folder: string): readonly InstalledClient[] {
  const packages = join(folder, "node_modules", "@aws-sdk");
  if (!existsSync(packages)) return [];
  return readdirSync(packages)
    .filter((name) => name.startsWith(prefix))
    .sort()
    .flatMap((name) => {
      const file = join(packages, name, "package.json");
      if (!existsSync(file)) return [];
      const { version } = JSON.parse(readFileSync(file, "utf8")) as { readonly version: string };
      return [{ service: sdkServiceName(name), packageName: `@aws-sdk/${name}`, version }];
    });
}

/** The clients that `stepwell add` has installed in the folder; a client may need another, which came with it. */
export function addedClients(folder: string): readonly InstalledClient[] {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return [];
  const { dependencies = {} } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly dependencies?: object;
  };
  return clientsIn(folder).filter(({ packageName }) => Object.hasOwn(dependencies, packageName));
}

/** The clients that are installed with Stepwell. */
export function shippedClients(): readonly InstalledClient[] {
  const found = createClientModules().find("sqs");
  if (found === undefined) return [];
  const end = found.path.lastIndexOf(join("node_modules", "@aws-sdk"));
  return clientsIn(dirname(join(found.path.slice(0, end), "node_modules")));
}

/** The services whose clients are installed, wherever {@link createClientModules} finds them. */
export function installedServices(folder: string | undefined): ReadonlySet<string> {
  const found = [folder, process.cwd()].flatMap((each) =>
    each === undefined ? [] : clientsIn(each),
  );
  return new Set([...shippedClients(), ...found].map(({ service }) => service));
}
