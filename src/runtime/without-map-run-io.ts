import { type ItemReader, MapRunIoError, type ResultWriter } from "../ports/map-run-io.ts";

/** For engines that have no object store: a distributed Map that needs one fails with an error that says so. */
export const withoutMapRunIo: { readonly reader: ItemReader; readonly writer: ResultWriter } = {
  reader: {
    // eslint-disable-next-line require-yield
    async *open() {
      throw new MapRunIoError("States.ItemReaderFailed", "There is no object store to read from.");
    },
  },
  writer: {
    async open() {
      throw new MapRunIoError(
        "States.ResultWriterFailed",
        "There is no place to write results to.",
      );
    },
  },
};
