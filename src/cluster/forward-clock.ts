/**
 * Milliseconds that only go forward, and that count the time in which the machine was suspended, as far as its clock of the
 * day tells: a clock that was set forward makes a lease look shorter, which is safe, and one that was set back changes nothing.
 */
export function forwardClock(
  steadyNow: () => number = () => performance.now(),
  dayNow: () => number = () => Date.now(),
): () => number {
  let total = 0;
  let [steady, day] = [steadyNow(), dayNow()];
  return () => {
    const [steadyThen, dayThen] = [steady, day];
    [steady, day] = [steadyNow(), dayNow()];
    total += Math.max(0, steady - steadyThen, day - dayThen);
    return total;
  };
}
