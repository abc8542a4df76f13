/** Codes of stored vectors, which tell most of them from what a query looks for. */
export { encodeI8, scanI8 } from "../codes";
