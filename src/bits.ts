/** Eight bytes through which the bits of a number are read and made; whoever writes reads at once. */
export const bits = new DataView(new ArrayBuffer(8));
