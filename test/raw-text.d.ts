/** Files that the console takes as text, as `vite/client` tells its compiler. */
declare module "*?raw" {
  const text: string;
  export default text;
}
