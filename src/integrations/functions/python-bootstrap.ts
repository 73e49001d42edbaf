/**
 * Runs one function of Lambda's Python runtime in a process of its own: `python3 -u -c` this text, then the module's
 * path and the names to look for in it. It speaks the protocol of `environment.ts` on descriptors 3 and 4, so that what
 * a function prints cannot disturb it. Text and not a file, so that it needs no place in the package.
 *
 * *Observed*: the error documents of Lambda's runtime, members in this order, `", "` and `": "` between them.
 */
export const pythonBootstrap = String.raw`
import sys
sys.argv = sys.argv[1:]
import decimal, importlib, json, logging, os, time, traceback

path, names = sys.argv[0], sys.argv[1].split(",")
folder, file = os.path.split(path)
module_name = os.path.splitext(file)[0]
if len(sys.argv) > 2:
    # A module of a package, which is imported from the folder that all of the code is in.
    module_name, folder = sys.argv[2], os.getcwd()
sys.path.insert(0, folder)
for fd in (3, 4):
    os.set_inheritable(fd, False)
events = os.fdopen(3, "r", encoding="utf-8", newline="\n")


def write(line):
    rest = memoryview((line + "\n").encode("utf-8", "surrogatepass"))
    while rest:
        rest = rest[os.write(4, rest):]


def reply(kind, began, answer):
    write("%s%d %s" % (kind, (time.perf_counter() - began) * 1e6, answer))


def dumps(value):
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=encode)


def encode(value):
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def document(message, kind, request_id, trace):
    return json.dumps({"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace})


def fail_init(message, kind, trace=()):
    write("!" + document(message, kind, "", list(trace)))
    sys.exit(1)


class ClientContext:
    def __init__(self, data):
        self.custom = data.get("custom")
        self.env = data.get("env")
        self.client = data.get("client")


class Context:
    def __init__(self, line):
        environ = os.environ
        self.aws_request_id = line["r"]
        self.invoked_function_arn = line["a"]
        self.function_name = environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        client = line.get("c")
        self.client_context = ClientContext(client) if client else None
        self.identity = None
        self._deadline = time.time() * 1000 + line["t"]

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class RequestIdFilter(logging.Filter):
    request_id = ""

    def filter(self, record):
        record.aws_request_id = RequestIdFilter.request_id
        return True


# As in Lambda: the root logger has a handler before the function's module is loaded.
log_handler = logging.StreamHandler(sys.stdout)
log_handler.setFormatter(logging.Formatter(
    "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"))
log_handler.formatter.converter = time.gmtime
log_handler.addFilter(RequestIdFilter())
logging.getLogger().addHandler(log_handler)

try:
    module = importlib.import_module(module_name)
except SyntaxError as error:
    fail_init("Syntax error in module '%s': %s" % (module_name, error), "Runtime.UserCodeSyntaxError",
              ["  File \"%s\" Line %s\n    %s\n" % (error.filename, error.lineno, (error.text or "").strip())])
except ImportError as error:
    fail_init("Unable to import module '%s': %s" % (module_name, error), "Runtime.ImportModuleError")
except Exception as error:
    fail_init(str(error), type(error).__name__, traceback.format_list(
        [f for f in traceback.extract_tb(error.__traceback__) if "importlib" not in f.filename and f.filename != "<string>"]))

handler = next((getattr(module, name) for name in names if hasattr(module, name)), None)
if handler is None:
    fail_init("Handler '%s' missing on module '%s'" % (names[0], module_name), "Runtime.HandlerNotFound")

write("*")
while True:
    text = events.readline()
    if not text:
        os._exit(0)
    if text == "?\n":
        write("?0")
        continue
    began = time.perf_counter()
    line = json.loads(text)
    RequestIdFilter.request_id = line["r"]
    for variable, member in (("_X_AMZN_TRACE_ID", "x"), ("TRACEPARENT", "w")):
        if member in line:
            os.environ[variable] = line[member]
        else:
            os.environ.pop(variable, None)
    try:
        result = handler(line["e"], Context(line))
    except Exception as error:
        # The first frame is this file's.
        trace = traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
        reply("-", began, document(str(error), type(error).__name__, line["r"], trace))
        traceback.print_exc()
        continue
    kind = "+"
    try:
        answer = dumps(result)
    except (TypeError, ValueError) as error:
        kind = "-"
        answer = document("Unable to marshal response: %s" % error, "Runtime.MarshalError", line["r"], [])
    reply(kind, began, answer)
`;
