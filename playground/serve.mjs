// Serves playground/dist and opens it: `npm run playground`.
import { preview } from 'vite';

const server = await preview({
  root: import.meta.dirname,
  configFile: false,
  build: { outDir: 'dist' },
  preview: { open: !process.env.CI },
});
server.printUrls();
