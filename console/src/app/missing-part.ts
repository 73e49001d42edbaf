import { heardBuild } from "../api/build.ts";
import { server } from "../api/client.ts";

/** A file of the console that is loaded when it is needed did not come. */
export class MissingPart extends Error {
  override readonly name = "MissingPart";
}

/**
 * Loads a part of the console. Where the file is gone it fails in words of ours: at those of the browser the router
 * reloads the page by itself, and with it what somebody has typed.
 */
export function part<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await load();
    } catch (cause) {
      // Whether the server was upgraded, or is out of reach, is what the page then says.
      server.session().then(
        ({ build }) => heardBuild(build),
        () => {},
      );
      throw new MissingPart("A part of the console could not be loaded.", { cause });
    }
  };
}
