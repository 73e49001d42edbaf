// The command line of a checkout: builds what is out of date, then runs it where the caller stands.
import { build } from "./build.mjs";

build({ quiet: false });
// npm runs scripts in the package's folder and says here where it was called.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import("../bin/stepwell.mjs");
