// A temporary folder in which the packed tarball is installed in one empty project after another, beside the tool it
// is tried with. Everything started or written here is gone when `close` returns.
import { spawn, spawnSync } from 'node:child_process';
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve, sep } from 'node:path';

export const versions = JSON.parse(readFileSync(new URL('versions.json', import.meta.url), 'utf8'));

const NETWORK =
  /\bE(NOTFOUND|TIMEDOUT|CONN\w+|AI_AGAIN|NETUNREACH|HOSTUNREACH|PROTO)\b|ERR_SOCKET_TIMEOUT|\bE(429|5\d\d)\b|^npm ended with SIGTERM/;
// Few and short attempts: without a network every install would take minutes.
const INSTALL = [
  'install',
  '--no-audit',
  '--no-fund',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=5000',
];
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};
const TIMEOUT = 600_000;

/** What `make` makes of a shop, made once. */
export function oncePerShop(make) {
  const made = new WeakMap();
  return (shop) => {
    if (!made.has(shop)) made.set(shop, make(shop));
    return made.get(shop);
  };
}

/** The registry could not be reached, or there is no such browser: nothing is known about the consumer. */
export class NotTried extends Error {}

export class Shop {
  root = mkdtempSync(join(tmpdir(), 'hopfield-consumers-'));
  #projects = new Map();
  #tarball;
  #closers = [];
  #running = new Set();
  #servers = new Map();
  // Caches and settings of the tools stay in here too.
  #env = {
    ...process.env,
    TMPDIR: join(this.root, 'tmp'),
    XDG_CONFIG_HOME: join(this.root, 'config'),
    XDG_CACHE_HOME: join(this.root, 'cache'),
    DENO_DIR: join(this.root, 'deno'),
    NO_COLOR: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    WRANGLER_SEND_METRICS: 'false',
  };

  pack() {
    mkdirSync(this.#env.TMPDIR);
    const args = ['pack', '--ignore-scripts', '--pack-destination', this.root];
    const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    this.#tarball = join(
      this.root,
      readdirSync(this.root).find((file) => file.endsWith('.tgz')),
    );
  }

  /** The folder of a project that has the package and tools (names out of versions.json, or name@version). */
  project(name, { tools = [], type = 'module' } = {}) {
    const install = async () => {
      const folder = join(this.root, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type }));
      const named = tools.map((tool) =>
        tool.includes('@', 1) ? tool : `${tool}@${versions[tool]}`,
      );
      try {
        await this.run(folder, 'npm', [...INSTALL, this.#tarball, ...named], process.env);
      } catch (error) {
        throw NETWORK.test(error.message) ? new NotTried(error.message) : error;
      }
      return folder;
    };
    if (!this.#projects.has(name)) this.#projects.set(name, install());
    return this.#projects.get(name);
  }

  /** The executable of another Node, from npm, in a folder of its own. */
  async node(version) {
    const folder = await this.project(`node-${version}`, { tools: [`node@${version}`] });
    return join(folder, 'node_modules', 'node', 'bin', 'node');
  }

  write(folder, files) {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      writeFileSync(join(folder, name), text);
    }
  }

  /** Runs a command to its end. @throws with all it said when it fails */
  run(cwd, command, args, env = this.#env) {
    return new Promise((done, fail) => {
      const child = spawn(command, args, {
        cwd,
        env,
        timeout: TIMEOUT,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.#running.add(child);
      let output = '';
      child.stdout.on('data', (text) => (output += text));
      child.stderr.on('data', (text) => (output += text));
      child.on('error', fail);
      child.on('close', (code, signal) => {
        this.#running.delete(child);
        if (code === 0) done(output);
        else fail(new Error(`${command} ended with ${signal ?? code}:\n${output}`));
      });
    });
  }

  /** A program out of the project's node_modules/.bin. */
  bin(folder, name, ...args) {
    return this.run(folder, join(folder, 'node_modules', '.bin', name), args);
  }

  /** Starts a server, and gives the address it prints; the server runs until its group is stopped by `close`. */
  start(cwd, command, args) {
    return new Promise((done, fail) => {
      const options = { cwd, env: this.#env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] };
      const child = spawn(command, args, options);
      const stop = () => {
        if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      };
      this.#closers.push(stop);
      let output = '';
      const late = setTimeout(() => fail(new Error(`no address in: ${output}`)), TIMEOUT);
      const listen = (text) => {
        output += text;
        const address = /http:\/\/(localhost|127\.0\.0\.1):\d+/.exec(output)?.[0];
        if (address === undefined) return;
        clearTimeout(late);
        this.#servers.set(address, () => output);
        done(address);
      };
      child.on('error', fail);
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.on('close', (code) => fail(new Error(`${command} ended with ${code}:\n${output}`)));
    });
  }

  /** What the server that `start` started has said, by its address. */
  said(address) {
    return this.#servers.get(address)?.();
  }

  /** Serves a folder as it is, and gives the address. */
  serve(folder, headers = {}) {
    const root = resolve(folder);
    const server = createServer((request, response) => {
      const path = join(root, decodeURIComponent(new URL(request.url, 'http://x').pathname));
      const found =
        path.startsWith(root + sep) && statSync(path, { throwIfNoEntry: false })?.isFile();
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      response.writeHead(found ? 200 : 404, { 'content-type': type, ...headers });
      if (found) createReadStream(path).pipe(response);
      else response.end();
    });
    this.#closers.push(() => server.close());
    return new Promise((done) => {
      server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${server.address().port}`));
    });
  }

  /** What to do before the folder goes. */
  onClose(action) {
    this.#closers.push(action);
  }

  async close() {
    for (const child of this.#running) child.kill();
    for (const action of this.#closers.splice(0)) await action();
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}
