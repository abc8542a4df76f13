/** Integer couplings, their fields, and the ways a state of spins moves. */
export { addBoundedI16, addBoundedI8, addHebbianI16, addHebbianI8, addOuterI32 } from "../couplings";
export { fieldsBlocks, fieldsI16, fieldsI32, fieldsI8, finishFields } from "../fields";
export {
  countMovable,
  flipMovable,
  sweepBlocks,
  sweepI16,
  sweepI32,
  sweepI8,
  sweepUnorderedI8,
} from "../dynamics";
export { glauberBlocks, glauberI16, glauberI32, glauberI8 } from "../heat-bath";
