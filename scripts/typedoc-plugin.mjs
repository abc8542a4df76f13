// For the site that `npm run docs` makes: pages are called as their first heading says, stand in groups by their folder, and
// keep their path as address. `<!-- live: PANELS #STATE -->` in a page becomes these panels of the playground, with that state, as
// it stands in the playground's address (docs/playground.md, Links); elsewhere it is a comment, and the figure above it stands alone.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter, JSX, KindRouter, RendererEvent } from 'typedoc';

const GROUPS = { learn: 'Learn', recipes: 'Recipes' };
const PLAYGROUND = 'playground/dist/playground.html';
const LIVE = /^<!-- live: ([\w ]+?)(?: #(.*))? -->$/gm;
const paths = new WeakMap();

/** In the playground: shows only the panels that the address names, and tells its height to the page around it. */
export const ONLY = `<script>
  const only = new URLSearchParams(location.search).get('only');
  if (only !== null) {
    const named = only.split(' ').map((id) => ':not(#' + id + ')').join('');
    const style = document.createElement('style');
    style.textContent =
      'main > section' + named + ', main > nav, .head, .skip, footer { display: none !important }' +
      'body, main { margin: 0; padding: 0 } main > section { border: 0; padding-bottom: 1rem }';
    document.head.append(style);
    addEventListener('load', () => {
      const page = document.getElementById('page');
      const tell = () => parent.postMessage({ live: only, height: page.scrollHeight }, '*');
      new ResizeObserver(tell).observe(page);
    });
  }
</script>`;

/** In the pages around it: frames as high as what they show, in the theme that is chosen for the site. */
export const AROUND = `{
  const root = document.documentElement;
  const theme = () => (root.dataset.theme === 'os' ? 'system' : root.dataset.theme);
  const themed = (address) => {
    const url = new URL(address, location.href);
    const parts = new URLSearchParams(url.hash.slice(1));
    parts.set('theme', theme());
    url.hash = parts;
    return url.href;
  };
  const frames = [...document.querySelectorAll('.live iframe')];
  const links = [...document.querySelectorAll('.live a')];
  for (const frame of frames) frame.src = themed(frame.dataset.src);
  const follow = () => {
    for (const frame of frames) frame.contentWindow.postMessage({ theme: theme() }, '*');
    for (const link of links) link.href = themed(link.href);
  };
  follow();
  new MutationObserver(follow).observe(root, { attributeFilter: ['data-theme'] });
  addEventListener('message', ({ data, source }) => {
    if (typeof data?.live !== 'string') return;
    const frame = frames.find((one) => one.contentWindow === source);
    if (!frame) return;
    frame.style.height = data.height + 'px';
    // The theme may have been another when it began to load.
    source.postMessage({ theme: theme() }, '*');
  });
}`;

class PathRouter extends KindRouter {
  /** @param {import('typedoc').Reflection} reflection */
  getIdealBaseName(reflection) {
    return paths.get(reflection) ?? super.getIdealBaseName(reflection);
  }
}

/** @param {import('typedoc').Application} app */
export function load(app) {
  const live = existsSync(PLAYGROUND);
  if (!live) app.logger.warn(`There is no ${PLAYGROUND}: pages get no live panels`);
  app.renderer.defineRouter('path', PathRouter);
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    // The name is the path, without its ending, until it is changed.
    const path = document.name;
    paths.set(document, path.replace(/README$/, 'index'));
    const text = document.content.map((part) => part.text).join('');
    const heading = /^# (.*)$/m.exec(text)?.[1];
    if (heading !== undefined) document.name = heading.replaceAll('`', '');
    document.frontmatter.group = GROUPS[/^docs\/(\w+)\//.exec(path)?.[1]] ?? 'Documents';
    if (!live) return;
    const root = '../'.repeat(path.split('/').length - 1);
    for (const part of document.content) {
      part.text = part.text.replaceAll(LIVE, (_, panels, state) => frame(root, panels, state));
    }
  });
  if (!live) return;
  app.renderer.hooks.on('body.end', () =>
    JSX.createElement('script', null, JSX.createElement(JSX.Raw, { html: AROUND })),
  );
  app.renderer.on(RendererEvent.END, ({ outputDirectory }) => {
    const page = readFileSync(PLAYGROUND, 'utf8').replace('</head>', () => `${ONLY}</head>`);
    writeFileSync(join(outputDirectory, 'playground.html'), page);
  });
}

/** Panels of the playground, seen from a page that is so far below the root of the site. */
function frame(root, panels, state = '') {
  const hash = state === '' ? '' : `#${state.replaceAll('&', '&amp;')}`;
  const page = `${root}playground.html`;
  return (
    `<figure class="live"><iframe data-src="${page}?only=${encodeURIComponent(panels)}${hash}" loading="lazy" ` +
    `title="Live: ${panels}"></iframe><figcaption><a href="${page}${hash}" target="_blank">The whole playground</a>` +
    ', with what is shown here</figcaption></figure>'
  );
}
