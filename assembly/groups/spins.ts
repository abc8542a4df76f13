/** Integer couplings, their fields, and the ways a state of spins moves. */
export { addBoundedI16, addHebbianI16, addOuterI32, setDiagonalI16 } from "../couplings";
export { fieldsBlocks, fieldsI16, fieldsI32, finishFields } from "../fields";
export {
  countMovable,
  flipMovable,
  glauberBlocks,
  glauberI16,
  glauberI32,
  sweepBlocks,
  sweepI16,
  sweepI32,
} from "../dynamics";
