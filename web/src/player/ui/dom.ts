type Child = Node | string | null;

/** An element with attributes and children; "html" is only ever given text of this program. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const result = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'html') result.innerHTML = value;
    else result.setAttribute(name, value);
  }
  result.append(...children.filter((child) => child !== null));
  return result;
}

/** A button that keeps no focus after a click with a pointer, so that the space bar goes on playing and pausing. */
export function button(attributes: Record<string, string>, onClick: () => void): HTMLButtonElement {
  const result = element('button', { type: 'button', ...attributes });
  result.addEventListener('click', (event) => {
    if (event.detail > 0) result.blur();
    onClick();
  });
  return result;
}

export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A time as it is read out. */
export function spoken(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  return `${minutes > 0 ? `${minutes} minute${minutes === 1 ? '' : 's'} ` : ''}${whole % 60} second${whole % 60 === 1 ? '' : 's'}`;
}
