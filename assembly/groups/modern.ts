/** Continuous memories: scores of queries with stored vectors, and averages of those. */
export { largestF32, scoresF32, selectF32, squaresF32 } from "../scores";
export { attendF32 } from "../attention";
export { combineF32 } from "../combinations";
export { exponentialF32 } from "../exponential";
