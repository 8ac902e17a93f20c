import { expect, test } from "vitest";
import { neighbours, rememberOrder } from "./recent";

test("a record's neighbours are those of the list it was opened from, for who opened it", () => {
  expect(neighbours("li", "customer", "b")).toEqual({});
  rememberOrder("li", "customer", [{ id: "a" }, { id: "b" }, { id: "c" }]);
  expect(neighbours("li", "customer", "b")).toEqual({ previous: "a", next: "c", place: { at: 2, of: 3 } });
  expect(neighbours("li", "customer", "c")).toEqual({ previous: "b", place: { at: 3, of: 3 } });
  expect(neighbours("li", "lead", "b")).toEqual({});
  expect(neighbours("wang", "customer", "b")).toEqual({});
  // A list without rows is none to go through.
  rememberOrder("li", "customer", []);
  expect(neighbours("li", "customer", "a").next).toBe("b");
});

test("what the browser's storage holds is not believed blindly", () => {
  sessionStorage.setItem("whosaw.order", "{");
  expect(neighbours("li", "customer", "a")).toEqual({});
});
