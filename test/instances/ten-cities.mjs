/** The ten cities of Hopfield & Tank (1985), as Wilson & Pawley (1988) list them; the shortest tour is 2.6907. */
export const TEN_CITIES = [
  [0.4, 0.4439],
  [0.2439, 0.1463],
  [0.1707, 0.2293],
  [0.2293, 0.761],
  [0.5171, 0.9414],
  [0.8732, 0.6536],
  [0.6878, 0.5219],
  [0.8488, 0.3609],
  [0.6683, 0.2536],
  [0.6195, 0.2634],
];
