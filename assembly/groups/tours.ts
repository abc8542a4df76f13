/** Closed tours, shortened. */
export { improveTour, lengthTour } from "../tours";
