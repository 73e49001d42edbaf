import {
  all,
  answered,
  end,
  invoke,
  starter,
  testCase,
  thrown,
  type Fields,
} from "./starter-parts.ts";

const input = { traveller: "Grace", from: "Berlin", to: "Lisbon", nights: 3 };

/** Does one thing, and goes to what undoes those before it if that fails. */
function step(what: string, undo: string, next: Fields): Fields {
  const order = { what, journey: "{% $states.input %}" };
  return invoke("book", order, {
    Assign: { [what]: "{% $states.result.Payload %}" },
    Output: "{% $states.input %}",
    Catch: [
      {
        ErrorEquals: all,
        Assign: { failure: "{% $states.errorOutput %}" },
        Output: "{% $states.input %}",
        Next: undo,
      },
    ],
    ...next,
  });
}

/** Undoes one thing: it is tried until it works, for nobody else does it. */
function undo(what: string, next: string): Fields {
  return invoke("cancel", `{% $${what} %}`, {
    Retry: [
      {
        ErrorEquals: all,
        IntervalSeconds: 5,
        MaxAttempts: 20,
        BackoffRate: 2,
        MaxDelaySeconds: 600,
      },
    ],
    Output: "{% $states.input %}",
    Next: next,
  });
}

const flight = answered({ bookingId: "f-1" });
const hotel = answered({ bookingId: "h-1" });

/** Steps that belong together: if one fails, those that were done are undone in the other order. */
export const saga = starter({
  id: "saga",
  definition: {
    Comment: "Books a flight, a hotel and a car, or nothing at all.",
    StartAt: "Book the flight",
    States: {
      "Book the flight": step("flight", "Nothing was booked", { Next: "Book the hotel" }),
      "Book the hotel": step("hotel", "Cancel the flight", { Next: "Book the car" }),
      "Book the car": step("car", "Cancel the hotel", { Next: "Booked" }),
      Booked: {
        Type: "Pass",
        Output: {
          flight: "{% $flight.bookingId %}",
          hotel: "{% $hotel.bookingId %}",
          car: "{% $car.bookingId %}",
        },
        ...end,
      },
      "Cancel the hotel": undo("hotel", "Cancel the flight"),
      "Cancel the flight": undo("flight", "Nothing was booked"),
      "Nothing was booked": {
        Type: "Fail",
        Error: "NotBooked",
        Cause: "{% 'The journey was not booked: ' & $failure.Error %}",
      },
    },
  },
  input,
  cases: [
    testCase(
      "BooksAll",
      input,
      {
        "Book the flight": [flight],
        "Book the hotel": [hotel],
        "Book the car": [answered({ bookingId: "c-1" })],
      },
      { output: { flight: "f-1", hotel: "h-1", car: "c-1" } },
    ),
    testCase(
      "UndoesAllIfThereIsNoCar",
      input,
      {
        "Book the flight": [flight],
        "Book the hotel": [hotel],
        "Book the car": [thrown("NoCar", "All cars are taken")],
        "Cancel the hotel": [thrown("Busy", "Try again"), answered({})],
        "Cancel the flight": [answered({})],
      },
      {
        status: "FAILED",
        cause: "The journey was not booked: NoCar",
        path: ["...", "Cancel the hotel", "Cancel the flight", "Nothing was booked"],
      },
    ),
    testCase(
      "HasNothingToUndo",
      input,
      { "Book the flight": [thrown("NoFlight", "The flight is full")] },
      { status: "FAILED", path: ["Book the flight", "Nothing was booked"] },
    ),
  ],
});
