/** What can be varied in the world of a run, as boxes to tick; and what cannot, with the reason. */
import type { WorldVariant } from '../../server/src/protocol/index.js';
import { element } from './elements.js';

/** `wants`: the variant that was switched the other way. */
export function worldParts(
  variants: readonly WorldVariant[],
  wants: (variant: WorldVariant) => void,
): HTMLElement[] {
  const on = variants.filter(({ isOn }) => isOn).length;
  return [
    element('summary', {}, [
      `World: ${on === 0 ? 'as the scenario has it' : `${on} thing${on === 1 ? '' : 's'} varied`}`,
    ]),
    element(
      'ul',
      { class: 'variants' },
      variants.map((variant) => element('li', {}, variantParts(variant, wants))),
    ),
  ];
}

function variantParts(variant: WorldVariant, wants: (variant: WorldVariant) => void): HTMLElement[] {
  const { id, title, isOn, other, why } = variant;
  const name = `variant-${id}`;
  const box = element('input', { type: 'checkbox', id: name });
  box.checked = isOn;
  box.disabled = other === null;
  box.addEventListener('change', () => {
    // It is ticked when that world has been run.
    box.checked = isOn;
    wants(variant);
  });
  return [
    box,
    element('label', { for: name }, [title]),
    ...(why === '' ? [] : [element('span', { class: 'why' }, [`not here: ${why}`])]),
  ];
}
