import { describe, expect, it } from "vitest";
import { addressLine, addressValue, partOfHeading } from "./address";
import { chosen, loadRegions, pathOf } from "./regions";

describe("an address in parts", () => {
  it("is read in one line, as the server reads it", () => {
    const beijing = {
      province: "北京市",
      city: "北京市",
      district: "海淀区",
      street: "中关村大街1号",
      postcode: "100080",
    };
    expect(addressLine(beijing)).toBe("北京市海淀区中关村大街1号 100080");
    expect(addressLine({ country: "France", city: "Paris", street: "1 rue X", postcode: "75001" })).toBe(
      "1 rue X, Paris, 75001, France",
    );
    expect(addressLine("某街1号")).toBe("某街1号");
  });
  it("is sent as one text where nothing but the street is known", () => {
    expect(addressValue({ street: "某街1号", city: "" })).toBe("某街1号");
    expect(addressValue({ city: "深圳市", street: "" })).toEqual({ city: "深圳市" });
    expect(addressValue({})).toBeNull();
  });
  it("comes out of several columns of a file by their headings", () => {
    const headings = ["省份", "城市", "区县", "详细地址", "邮编", "Province", "City", "Street", "ZIP"];
    expect(headings.map(partOfHeading)).toEqual([
      ...["province", "city", "district", "street", "postcode"],
      ...["province", "city", "street", "postcode"],
    ]);
  });
});

describe("choosing a region", () => {
  it("names a municipality as province and city, and finds it again", async () => {
    const regions = await loadRegions();
    expect(regions.length).toBe(34);
    for (const path of [
      ["北京市", "市辖区", "海淀区"],
      ["广东省", "深圳市", "南山区"],
      ["香港特别行政区", "香港特别行政区", "南區"],
      ["广东省", "深圳市"],
      ["海南省", "省直辖县级行政区划", "五指山市"],
    ])
      expect(pathOf(regions, chosen(path))).toEqual(path);
    expect(chosen(["北京市", "市辖区", "海淀区"])).toEqual({ province: "北京市", city: "北京市", district: "海淀区" });
    expect(pathOf(regions, { province: "加州", city: "纳帕" })).toEqual(["加州", "纳帕"]);
    expect(chosen([])).toEqual({});
  });
});
