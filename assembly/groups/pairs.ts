/** Attention to pairs of stored patterns. */
export { attendPairsBackwardF32, attendPairsF32 } from "../pairs";
