import { expect, test } from "vitest";
import { contrast, DARK_GROUND, LEAST_CONTRAST, LIGHT_GROUND, lightened } from "./contrast";

test("contrast is that of the standard, and the house's own colours pass", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 1);
  expect(contrast("#1f5499", LIGHT_GROUND)).toBeGreaterThan(LEAST_CONTRAST);
  expect(contrast("#5b96e5", DARK_GROUND)).toBeGreaterThan(LEAST_CONTRAST);
});

test("whatever is chosen for light ground has a companion that can be read on the dark one", () => {
  for (const colour of ["#000000", "#7a0019", "#1f5499", "#006400", "#ffffff"]) {
    expect(contrast(lightened(colour), DARK_GROUND)).toBeGreaterThan(LEAST_CONTRAST);
  }
});
