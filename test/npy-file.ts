/** `.npy` files made byte by byte, as the format describes them. */

/** The magic, a version, the length of the header, the header and then values. */
export function npy(header: string, values: ArrayLike<number>, version = [1, 0]): Uint8Array {
  const length = [header.length & 255, header.length >> 8, ...(version[0] > 1 ? [0, 0] : [])];
  const text = Uint8Array.from(header, (c) => c.charCodeAt(0));
  return Uint8Array.of(
    147,
    78,
    85,
    77,
    80,
    89,
    ...version,
    ...length,
    ...text,
    ...Array.from(values),
  );
}

/** As NumPy pads it: the values start at a multiple of 64. */
export function numpy(dictionary: string, values: ArrayLike<number>, version = [1, 0]): Uint8Array {
  const start = version[0] === 1 ? 10 : 12;
  return npy(dictionary.padEnd(127 - start) + '\n', values, version);
}

export const dictionary = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
