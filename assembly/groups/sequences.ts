/** Sequences: fields of patterns, each with a weight of its own. */
export { fieldsBlocks } from "../fields";
