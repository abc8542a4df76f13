/** The decoder of jpeg-js, in a file of its own: it does work when it is loaded (tsdown.config.mjs keeps it apart). */
export { default as decode } from 'jpeg-js/lib/decoder.js';
