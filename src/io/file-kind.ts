/**
 * What a file is, by its first bytes, so that a reader given another kind can say which.
 *
 * The marks are those of the formats' own specifications; netpbm's is its two letters and the white space after them.
 */

const KINDS = {
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  gif: 'a GIF picture',
  bmp: 'a BMP picture',
  webp: 'a WebP picture',
  tiff: 'a TIFF picture',
  netpbm: 'a netpbm picture (PBM, PGM, PPM)',
  npy: 'a NumPy array (.npy)',
  zip: 'a zip archive (.npz and the .pt of PyTorch are such)',
  gzip: 'a gzip file',
  idx: 'an idx file',
  pdf: 'a PDF document',
  hdf5: 'an HDF5 file',
  matlab: 'a MATLAB file',
} as const;

export type FileKind = keyof typeof KINDS;

/** The kind of the file, when its first bytes tell. */
export function fileKind(bytes: Uint8Array): FileKind | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  const starts = (...marks: string[]) => marks.some((mark) => head.startsWith(mark));
  if (starts('\x89PNG')) return 'png';
  if (starts('\xff\xd8\xff')) return 'jpeg';
  if (starts('GIF87a', 'GIF89a')) return 'gif';
  if (starts('BM') && head.slice(6, 10) === '\0\0\0\0') return 'bmp';
  if (starts('RIFF') && head.endsWith('WEBP')) return 'webp';
  if (starts('II*\0', 'MM\0*')) return 'tiff';
  if (/^P[1-6][\s#]/.test(head)) return 'netpbm';
  if (starts('\x93NUMPY')) return 'npy';
  if (starts('PK\x03\x04', 'PK\x05\x06')) return 'zip';
  if (starts('\x1f\x8b')) return 'gzip';
  // Two zeros, a type, the number of dimensions.
  if (starts('\0\0') && [8, 9, 11, 12, 13, 14].includes(bytes[2]) && bytes[3] > 0) return 'idx';
  if (starts('%PDF-')) return 'pdf';
  if (starts('\x89HDF\r\n')) return 'hdf5';
  if (starts('MATLAB 5')) return 'matlab';
  return undefined;
}

/** For messages: `a GIF picture`, or the first bytes where they tell nothing. */
export function describeFile(bytes: Uint8Array): string {
  const kind = fileKind(bytes);
  if (kind !== undefined) return KINDS[kind];
  if (bytes.length === 0) return 'an empty file';
  return `a file that starts with the bytes ${bytes.subarray(0, 4).join(' ')}`;
}
