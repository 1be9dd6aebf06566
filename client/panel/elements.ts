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

/** A button with a word on it, and more of them for who asks. */
export function button(word: string, explanation: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', title: explanation }, [word]);
  made.addEventListener('click', act);
  return made;
}
