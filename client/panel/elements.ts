/** Elements of the page. Whatever comes from code or mails is set as text, never as markup. */

/** An element with attributes, classes and children; strings become text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button with a sign on it and words for who cannot see the sign. */
export function button(sign: string, words: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', title: words, 'aria-label': words }, [sign]);
  made.addEventListener('click', act);
  return made;
}
