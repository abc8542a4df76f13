export const TEN_CITIES: readonly (readonly [x: number, y: number])[];
