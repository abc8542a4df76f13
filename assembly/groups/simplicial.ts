/** Couplings of more than two neurons, kept as lists. */
export { countMovable, flipMovable } from "../dynamics";
export { addSimplices, fieldsSimplices, glauberSimplices, sweepSimplices } from "../simplices";
