/** Members of a document of which one has to be there. */

/**
 * @param choices - of which exactly one is given
 * @param beside - what has to go with the first of them, and no other
 * @throws Error saying what was expected
 */
export function given<Choices extends object>(choices: Choices, beside: object = {}): Choices {
  const names = Object.keys(choices);
  const found = names.filter((name) => choices[name as keyof Choices] !== undefined);
  if (found.length !== 1) {
    throw new Error(
      `${found.length === 0 ? `no ${names.join(' and no ')}` : found.join(' and ')}, expected one of ${names.join(', ')}`,
    );
  }
  for (const [name, value] of Object.entries(beside)) {
    const wanted = found[0] === names[0];
    if ((value !== undefined) === wanted) continue;
    throw new Error(
      wanted ? `${found[0]} without ${name}` : `${name} beside ${found[0]}, expected none`,
    );
  }
  return choices;
}
