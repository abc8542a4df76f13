/** A file as text, which the test runner gives in every engine. */
declare module '*?raw' {
  const text: string;
  export default text;
}
