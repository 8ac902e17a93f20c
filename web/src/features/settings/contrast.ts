// Whether text in a colour can be read on a ground (WCAG 2.2, 1.4.3). The server decides; this tells before one asks.

export const LEAST_CONTRAST = 4.5;
/** The grounds that are hardest to write on: those of the themes, tinted with the accent too (theme/). */
export const LIGHT_GROUND = "#e9edf3";
export const DARK_GROUND = "#1f2732";

function channels(colour: string): [number, number, number] {
  const n = Number.parseInt(colour.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** As it is seen on dark ground: the dark theme has nothing brighter. */
export function inTheDark(colour: string): string {
  return `#${channels(colour)
    .map((c) => Math.min(c, 220).toString(16).padStart(2, "0"))
    .join("")}`;
}

/** 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The same colour, mixed with white until it can be read on the dark ground. */
export function lightened(colour: string): string {
  for (let part = 0; part <= 100; part += 4) {
    const mixed = channels(colour).map((c) => Math.round(c + ((255 - c) * part) / 100));
    const hex = `#${mixed.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
    if (contrast(inTheDark(hex), DARK_GROUND) >= LEAST_CONTRAST + 0.1) return hex;
  }
  return "#ffffff";
}
