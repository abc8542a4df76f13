/** Colourings of a graph. */
export { countColouring, tabuColouring } from "../colourings";
