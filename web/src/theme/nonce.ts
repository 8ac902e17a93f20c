// The nonce that this answer's policy lets styles in by (docs/decisions/0018). The component library is told of it; two of its
// helpers (scroll lock, scroll bar size) make styles without asking, so every style made by script is given it. A style that
// comes as markup is not made here and stays out.

export const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;

if (nonce) {
  const make = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}
