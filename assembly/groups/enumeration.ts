/** All states of spins. */
export { enumerateSpins } from "../enumeration";
