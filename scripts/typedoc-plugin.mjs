// For the site that `npm run docs` makes: pages are called as their first heading says, stand in groups by their folder, and
// keep their path as address.
import { Converter, KindRouter } from 'typedoc';

const GROUPS = { learn: 'Learn', recipes: 'Recipes' };
const paths = new WeakMap();

class PathRouter extends KindRouter {
  /** @param {import('typedoc').Reflection} reflection */
  getIdealBaseName(reflection) {
    return paths.get(reflection) ?? super.getIdealBaseName(reflection);
  }
}

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.renderer.defineRouter('path', PathRouter);
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    // The name is the path, without its ending, until it is changed.
    const path = document.name;
    paths.set(document, path.replace(/README$/, 'index'));
    const text = document.content.map((part) => part.text).join('');
    const heading = /^# (.*)$/m.exec(text)?.[1];
    if (heading !== undefined) document.name = heading.replaceAll('`', '');
    document.frontmatter.group = GROUPS[/^docs\/(\w+)\//.exec(path)?.[1]] ?? 'Documents';
  });
}
