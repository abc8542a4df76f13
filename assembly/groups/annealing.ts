/** Searches on spins: annealing and mean field. */
export {
  annealI16,
  annealI32,
  annealI8,
  annealSparse,
  turnI16,
  turnI32,
  turnI8,
  turnSparse,
} from "../annealing";
export { averageSweeps } from "../averages";
export { annealLanes, turnLanes } from "../lanes";
