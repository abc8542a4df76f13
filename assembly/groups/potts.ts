/** Searches on groups of variables of which one is on. */
export {
  averagesPotts,
  costsPotts,
  descendPotts,
  glauberPotts,
  likeliestPotts,
  metropolisPotts,
} from "../potts";
