/** Dense memories that learn: their class units. */
export {
  classFieldsBackwardF64,
  classFieldsF64,
  dualFieldsBackwardF64,
  dualFieldsF64,
} from "../classes";
