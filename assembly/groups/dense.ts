/** Dense memories: energies that are sums of a function of each overlap. */
export {
  changesDense,
  countMovableDense,
  flipMovableDense,
  glauberDense,
  sweepDense,
} from "../dense";
export { exponential, logarithm } from "../exponential";
