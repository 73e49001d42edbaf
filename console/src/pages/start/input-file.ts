/** An execution to start: its input as JSON text, and the line of the file that it is from. */
export interface FileInput {
  readonly line: number;
  readonly input: string;
}

export interface InputFile {
  readonly inputs: readonly FileInput[];
  /** Numbers of the lines that are no input. */
  readonly wrong: readonly number[];
  /** There are more than may be started at once. */
  readonly isCut: boolean;
}

/** Our choice: more are work for a Map Run, or for a client of the API. */
export const mostInputs = 10_000;

/** JSON Lines, or CSV if the file's name says so: its first line names the members, whose values are texts. */
export function readInputFile(fileName: string, text: string): InputFile {
  const isCsv = /[.](csv|tsv)$/i.test(fileName);
  const all = isCsv ? csvInputs(text, /[.]tsv$/i.test(fileName) ? "\t" : ",") : jsonLines(text);
  return {
    inputs: all.inputs.slice(0, mostInputs),
    wrong: all.wrong,
    isCut: all.inputs.length > mostInputs,
  };
}

type Found = Pick<InputFile, "inputs" | "wrong">;

function jsonLines(text: string): Found {
  const inputs: FileInput[] = [];
  const wrong: number[] = [];
  for (const [index, each] of withoutMark(text).split("\n").entries()) {
    const input = each.trim();
    if (input === "") continue;
    if (isJson(input)) inputs.push({ line: index + 1, input });
    else wrong.push(index + 1);
  }
  return { inputs, wrong };
}

function csvInputs(text: string, separator: string): Found {
  const [head, ...records] = csvRecords(withoutMark(text), separator);
  if (head === undefined) return { inputs: [], wrong: [] };
  const inputs: FileInput[] = [];
  const wrong: number[] = [];
  for (const { line, values } of records) {
    if (values.length !== head.values.length) wrong.push(line);
    else {
      const members = head.values.map((name, index) => [name, values[index] ?? ""]);
      inputs.push({ line, input: JSON.stringify(Object.fromEntries(members)) });
    }
  }
  return { inputs, wrong };
}

interface CsvRecord {
  readonly line: number;
  readonly values: readonly string[];
}

/** As RFC 4180 has it: a value in quotes may hold the separator, line ends, and quotes that are written twice. */
function csvRecords(text: string, separator: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let values: string[] = [];
  let value = "";
  let isQuoted = false;
  let line = 1;
  let begun = 1;
  const endRecord = () => {
    values.push(value);
    if (values.length > 1 || value !== "") records.push({ line: begun, values });
    values = [];
    value = "";
    begun = line;
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === "\n") line++;
    if (isQuoted) {
      if (sign !== '"') value += sign;
      else if (text[at + 1] === '"') {
        value += sign;
        at++;
      } else isQuoted = false;
    } else if (sign === '"' && value === "") isQuoted = true;
    else if (sign === separator) {
      values.push(value);
      value = "";
    } else if (sign === "\n") endRecord();
    else if (sign !== "\r") value += sign;
  }
  endRecord();
  return records;
}

/** Spreadsheets put a byte order mark first. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, "");

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
