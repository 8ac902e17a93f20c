// Administration without code: an administrator makes an object with fields, the security administrator a role for it, seeing
// before who gains what; a rep uses both at once. Nobody wrote a line, and none of it is special.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, sideways } from "./accessible";
import { House, type Language } from "./house";
import { languages } from "./languages";

const WORDS = {
  "zh-CN": {
    objects: "对象与字段",
    newObject: "新建对象",
    zhName: "中文名称",
    enName: "英文名称",
    id: "标识",
    belongs: "归属客户",
    make: "新建",
    addField: "添加字段",
    type: "类型",
    choice: "单选",
    addOption: "添加选项",
    value: "第 1 个选项的值",
    optionZh: "第 1 个选项的中文名称",
    optionEn: "第 1 个选项的英文名称",
    sensitivity: "敏感级别",
    sensitive: "敏感个人信息",
    save: "保存",
    up: "上移：保修状态",
    keep: "保存顺序",
    drop: "恢复原顺序",
    preview: "表单预览",
    noCreate: "此角色不能新建此对象的记录",
    roles: "角色与策略",
    newRole: "新建角色",
    chooseObject: "对象",
    cell: (what: string) => `修改：设备员，${what}`,
    actions: ["列表", "查看", "新建"],
    own: "仅本人",
    take: "写入草稿",
    internal: "修改：设备员，内部",
    sensitiveCell: "修改：设备员，敏感个人信息",
    addLevel: "添加级别",
    level: "级别",
    editable: "可编辑",
    review: "查看变更与影响",
    noGains: "没有人获得新的权限",
    publish: "发布新版本",
    needReason: "请填写原因",
    reason: "修改原因（必填，永久记录）",
    inForce: "已生效",
    gains: "谁将获得",
    people: "1 人",
    asRole: "以角色查看",
    masked: "脱敏",
    account: "账号",
    chooseRole: "选择角色",
    give: "授予角色",
    device: "设备",
    clerk: "设备员",
    nameField: "名称",
    status: "保修状态",
    inWarranty: "在保",
    noPage: "此页不存在",
    holidays: "填入 2026 年法定节假日",
    saved: "设置已保存",
    departments: "管理部门",
    addTop: "添加顶级部门",
    departmentName: "部门名称",
    moveIt: "移动：出口部",
    parent: "上级部门",
    restore: "恢复此版本",
    numbered: "自动编号",
    rules: "规则",
    addRequired: "选择字段，设置必填条件",
    place: "存放地点",
    addTest: "添加条件",
    fieldOf: "字段",
    valueOf: "值",
    apply: "应用",
    whenIn: "当 保修状态 等于 在保 时必填",
    required: "必填",
    several: "多选",
    address: "地址",
    files: "附件",
    optionN: (n: number, what: "value" | "zh" | "en") =>
      `第 ${n} 个选项的${{ value: "值", zh: "中文名称", en: "英文名称" }[what]}`,
    mostFiles: "最多文件数",
    site: "送货地址",
    marks: "客户标签",
    scans: "营业执照",
    marked: ["战略", "续签"],
    customerName: "客户名称",
    region: "送货地址 省 / 市 / 区县",
    chooseFiles: "选择文件",
    filter: "筛选",
    operator: "比较方式",
    hasAll: "包含全部",
    hasNone: "不包含",
    nothing: "暂无数据",
  },
  en: {
    objects: "Objects and fields",
    newObject: "New object",
    zhName: "Name in Chinese",
    enName: "Name in English",
    id: "Identifier",
    belongs: "Belongs to a customer",
    make: "Make",
    addField: "Add a field",
    type: "Type",
    choice: "One of",
    addOption: "Add an option",
    value: "Value of option 1",
    optionZh: "Chinese name of option 1",
    optionEn: "English name of option 1",
    sensitivity: "Sensitivity",
    sensitive: "sensitive personal",
    save: "Save",
    up: "Up: Warranty",
    keep: "Save the order",
    drop: "Restore the order",
    preview: "Form preview",
    noCreate: "This role makes no records of this object",
    roles: "Roles and policy",
    newRole: "New role",
    chooseObject: "Object",
    cell: (what: string) => `Change: Device clerk, ${what}`,
    actions: ["List", "View", "Create"],
    own: "own",
    take: "Put into the draft",
    internal: "Change: Device clerk, internal",
    sensitiveCell: "Change: Device clerk, sensitive personal",
    addLevel: "Add a level",
    level: "Level",
    editable: "editable",
    review: "Review changes and impact",
    noGains: "Nobody gains anything",
    publish: "Publish a new version",
    needReason: "Say why",
    reason: "Reason (required, kept for good)",
    inForce: "is in force",
    gains: "Who gains",
    people: "1 people",
    asRole: "View as a role",
    masked: "masked",
    account: "Account",
    chooseRole: "Choose a role",
    give: "Give a role",
    device: "Device",
    clerk: "Device clerk",
    nameField: "Name",
    status: "Warranty",
    inWarranty: "In warranty",
    noPage: "There is no such page",
    holidays: "Fill in mainland China's holidays of 2026",
    saved: "Saved",
    departments: "Departments",
    addTop: "Add at the top",
    departmentName: "Name",
    moveIt: "Move: 出口部",
    parent: "Belongs to",
    restore: "Restore this version",
    numbered: "Auto-number",
    rules: "Rules",
    addRequired: "Choose a field, then its condition",
    place: "Place",
    addTest: "Add condition",
    fieldOf: "Field",
    valueOf: "Value",
    apply: "Apply",
    whenIn: "required when Warranty is In warranty",
    required: "Required",
    several: "Several of",
    address: "Address",
    files: "Files",
    optionN: (n: number, what: "value" | "zh" | "en") =>
      `${{ value: "Value", zh: "Chinese name", en: "English name" }[what]} of option ${n}`,
    mostFiles: "Most files",
    site: "Delivery address",
    marks: "Marks",
    scans: "Licence",
    marked: ["Strategic", "Renewal"],
    customerName: "Name",
    region: "Delivery address Province / city / district",
    chooseFiles: "Choose files",
    filter: "Filter",
    operator: "Comparison",
    hasAll: "contains all of",
    hasNone: "contains none of",
    nothing: "No data",
  },
} as const;

const PAGES = {
  admin: [
    "/objects",
    "/objects/device",
    "/objects/device?tab=preview",
    "/objects/device?tab=rules",
    "/objects/device?tab=layout",
    "/objects/device?tab=settings",
    "/settings",
    "/settings?tab=calendar",
    "/settings?tab=retention",
  ],
  security: [
    "/roles",
    "/roles?tab=rules",
    "/roles?tab=layout&object=device&role=device_clerk",
    "/access/why?tab=compare",
    "/help",
    "/help/security",
  ],
};

async function chooseObject(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }).click();
}

async function choose(page: Page, label: string | RegExp, option: string): Promise<void> {
  await page.getByLabel(label).last().click();
  await page.locator(".ant-select-dropdown:visible").getByText(option, { exact: true }).click();
}

describe.each(languages("en"))("an object and a role without code (%s)", { timeout: 300_000 }, (language: Language) => {
  const words = WORDS[language];
  let house: House;
  let admin: Awaited<ReturnType<House["person"]>>;
  let security: Awaited<ReturnType<House["person"]>>;

  beforeAll(async () => {
    house = await House.open();
    admin = await house.person("admin", language);
    security = await house.person("security", language);
  });
  afterAll(async () => {
    await house.close();
  });

  test("the administrator makes an object with fields, and puts them in order", async () => {
    const { page } = admin;
    await page.getByRole("link", { name: words.objects }).click();
    await page.getByRole("button", { name: words.newObject }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.zhName).fill("设备");
    await dialog.getByLabel(words.enName).fill("Device");
    await dialog.getByLabel(words.id).fill("device");
    await dialog.getByLabel(words.belongs).uncheck();
    await expectAccessible(page, "new object");
    await dialog.getByRole("button", { name: words.make, exact: true }).click();
    await page.waitForURL(/\/objects\/device/);

    const field = async (zh: string, en: string, id: string, more: () => Promise<void>) => {
      await page.getByRole("button", { name: words.addField }).click();
      const drawer = page.getByRole("dialog");
      await drawer.getByLabel(words.zhName, { exact: true }).fill(zh);
      await drawer.getByLabel(words.enName, { exact: true }).fill(en);
      await drawer.getByLabel(words.id).fill(id);
      await more();
      await expectAccessible(page, `field ${id}`);
      await drawer.getByRole("button", { name: words.save, exact: true }).click();
      await drawer.waitFor({ state: "hidden" });
    };
    await field("序列号", "Serial", "serial", () => choose(page, words.sensitivity, words.sensitive));
    await field("保修状态", "Warranty", "warranty", async () => {
      await choose(page, words.type, words.choice);
      await page.getByRole("button", { name: words.addOption }).click();
      await page.getByLabel(words.value).fill("in");
      await page.getByLabel(words.optionZh).fill("在保");
      await page.getByLabel(words.optionEn).fill("In warranty");
    });
    await page.getByRole("button", { name: words.up }).click();
    await page.getByRole("button", { name: words.keep }).click();
    await page.getByRole("button", { name: words.keep }).waitFor({ state: "hidden" });
    const order = await page.locator(".field-row .mono").allTextContents();
    expect(order).toEqual(["title", "warranty", "serial"]);
    await field("编号", "Code", "code", () => page.getByLabel(words.numbered).fill("SB-{0000}"));
    await field("存放地点", "Place", "place", async () => {});
  });

  test("a field is required while another holds a value", async () => {
    const { page } = admin;
    await page.getByRole("tab", { name: words.rules }).click();
    await page.getByRole("combobox", { name: words.addRequired }).click();
    await page.locator(".ant-select-dropdown:visible").getByTitle(words.place, { exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: words.addTest, exact: true }).click();
    await choose(page, words.fieldOf, words.status);
    await choose(page, words.valueOf, words.inWarranty);
    await dialog.getByRole("button", { name: words.apply, exact: true }).click();
    await page.getByText(words.whenIn).waitFor();
    await expectAccessible(page, "rules");
  });

  test("the form is previewed as a role that has no right to it yet", async () => {
    const { page } = admin;
    await page.getByRole("tab", { name: words.preview }).click();
    await page.getByText(words.noCreate).waitFor();
    await expectAccessible(page, "preview");
  });

  test("the security administrator makes a role and gives it cells; nobody gains while nobody holds it", async () => {
    const { page } = security;
    await page.getByRole("link", { name: words.roles }).click();
    await page.getByRole("button", { name: words.newRole }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.zhName).fill("设备员");
    await dialog.getByLabel(words.enName).fill("Device clerk");
    await dialog.getByLabel(words.id).fill("device_clerk");
    await dialog.getByRole("button", { name: words.make, exact: true }).click();
    await page.waitForURL(/role=device_clerk/);
    await chooseObject(page, words.chooseObject, words.device);
    for (const action of words.actions) {
      await page
        .getByRole("button", { name: words.cell(action) })
        .first()
        .click();
      const cell = page.getByRole("dialog");
      await cell.getByLabel(words.own, { exact: true }).check();
      await cell.getByRole("button", { name: words.take }).click();
      await cell.waitFor({ state: "hidden" });
    }
    for (const [cell, level] of [
      [words.internal, words.editable],
      [words.sensitiveCell, undefined],
    ] as const) {
      await page.getByRole("button", { name: cell }).click();
      const levels = page.getByRole("dialog");
      await levels.getByRole("button", { name: words.addLevel }).click();
      if (level) await choose(page, words.level, level);
      await expectAccessible(page, "levels");
      await levels.getByRole("button", { name: words.take }).click();
      await levels.waitFor({ state: "hidden" });
    }
    await page.getByRole("button", { name: words.review }).click();
    const review = page.getByRole("dialog");
    await review.getByText(words.noGains).waitFor();
    await expectAccessible(page, "review");
    await review.getByRole("button", { name: words.publish }).click();
    await review.getByText(words.needReason).waitFor();
    await review.getByLabel(words.reason).fill("设备台账 2026-31");
    await review.getByRole("button", { name: words.publish }).click();
    await page.getByText(words.inForce).first().waitFor();
  });

  test("the role is seen as its holder has it, without data", async () => {
    const { page } = security;
    await page.goto("/roles?tab=layout&object=device&role=device_clerk");
    await page.locator(".layout-form").getByText(words.masked, { exact: true }).waitFor();
    await page.locator(".layout-form").getByText(words.editable, { exact: true }).first().waitFor();
  });

  test("the role is given, and the rep makes a record of the new object at once", async () => {
    const { page } = security;
    await page.goto("/people?q=rep1");
    await page.getByRole("button", { name: /./ }).filter({ hasText: /^\S+$/ }).first().waitFor();
    await page
      .getByRole("row")
      .filter({ hasText: /\brep1\b/ })
      .getByRole("button")
      .first()
      .click();
    const drawer = page.getByRole("dialog");
    await drawer.locator(".user-role").click();
    await page.locator(".ant-select-dropdown:visible").getByText(words.clerk, { exact: true }).click();
    await drawer.getByRole("button", { name: words.give }).click();
    await page.getByRole("dialog").last().getByRole("button", { name: words.give }).click();
    await drawer.locator(".ant-tag, li").filter({ hasText: words.clerk }).first().waitFor();

    const rep = await house.person("rep1", language);
    await rep.page.getByRole("link", { name: words.device, exact: true }).first().click();
    await rep.page.goto("/records/device?create=true");
    const form = rep.page.getByRole("dialog");
    await form.getByLabel(words.nameField, { exact: true }).fill("打印机 01");
    await form.getByLabel(words.status).click();
    await rep.page.locator(".ant-select-dropdown:visible").getByText(words.inWarranty, { exact: true }).click();
    // What the condition asks for is told before anything is sent; the number is nobody's to type.
    await form.getByRole("button", { name: words.save, exact: true }).click();
    await form.getByText(words.required, { exact: true }).waitFor();
    await form.getByLabel(words.place).fill("三楼");
    await form.getByRole("button", { name: words.save, exact: true }).click();
    await rep.page.waitForURL(/\/records\/device\/[0-9a-f-]{36}/);
    await rep.page.getByRole("heading", { name: "打印机 01" }).waitFor();
    await rep.page.getByText(words.inWarranty).first().waitFor();
    await rep.page.getByText("SB-0001").first().waitFor();
    await expectAccessible(rep.page, "record of a new object");
    // None of the pages it was made on is the rep's.
    for (const path of ["/objects", "/objects/device", "/settings", "/roles"]) {
      await rep.page.goto(path);
      await rep.page.getByText(words.noPage).waitFor();
    }
    expect(rep.complaints).toEqual([]);
    await rep.page.context().close();
  });

  test("options, an address and files are added to customers, and a rep uses and filters by them at once", async () => {
    const { page } = admin;
    await page.goto("/objects/customer");
    const field = async (zh: string, en: string, id: string, kind: string, more: () => Promise<void>) => {
      await page.getByRole("button", { name: words.addField }).click();
      const drawer = page.getByRole("dialog");
      await drawer.getByLabel(words.zhName, { exact: true }).fill(zh);
      await drawer.getByLabel(words.enName, { exact: true }).fill(en);
      await drawer.getByLabel(words.id).fill(id);
      await page.getByLabel(words.type, { exact: true }).fill(kind);
      await page.locator(".ant-select-dropdown:visible").getByText(kind, { exact: true }).click();
      await more();
      await expectAccessible(page, `field ${id}`);
      await drawer.getByRole("button", { name: words.save, exact: true }).click();
      await drawer.waitFor({ state: "hidden" });
    };
    await field("客户标签", "Marks", "marks", words.several, async () => {
      for (const [at, zh, en] of [
        [1, "战略", "Strategic"],
        [2, "续签", "Renewal"],
      ] as const) {
        await page.getByRole("button", { name: words.addOption }).click();
        await page.getByLabel(words.optionN(at, "value")).fill(en.toLowerCase());
        await page.getByLabel(words.optionN(at, "zh")).fill(zh);
        await page.getByLabel(words.optionN(at, "en")).fill(en);
      }
    });
    await field("送货地址", "Delivery address", "site", words.address, async () => {});
    await field("营业执照", "Licence", "licence", words.files, () => page.getByLabel(words.mostFiles).fill("2"));

    const { page: own, complaints } = await house.person("rep1", language);
    await own.goto("/records/customer?create=true");
    const form = own.getByRole("dialog");
    await form.getByLabel(words.customerName, { exact: true }).fill("深圳海风物流");
    await form.getByLabel(words.marks).click();
    for (const mark of words.marked) await own.locator(".ant-select-dropdown:visible").getByTitle(mark).click();
    await own.evaluate(() => (document.activeElement as HTMLElement).blur());
    await form.getByRole("combobox", { name: words.region }).click();
    for (const place of ["广东省", "深圳市", "南山区"])
      await own.locator(".ant-cascader-dropdown:visible").getByText(place, { exact: true }).click();
    await form.getByLabel(words.site, { exact: true }).fill("科技路1号");
    const scan = { name: "执照.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\nscan", "latin1") };
    await form.locator('.files input[type="file"]').setInputFiles(scan);
    await form.getByText("执照.png").waitFor();
    await expectAccessible(own, "form with an address and files");
    await form.getByRole("button", { name: words.save, exact: true }).click();
    // Saved first, then the file is sent from the page of the record.
    await own.waitForURL(/\/records\/customer\/[0-9a-f-]{36}/);
    await own.getByText("广东省深圳市南山区科技路1号", { exact: true }).waitFor();
    await own.getByText("执照.png").first().waitFor();
    await expectAccessible(own, "record with an address and files");

    const filtered = async (op: string) => {
      await own.goto("/records/customer");
      await own.getByRole("button", { name: words.filter, exact: true }).click();
      await own.getByRole("button", { name: words.addTest, exact: true }).last().click();
      // More fields than the list draws at once: it is searched.
      await own.getByLabel(words.fieldOf, { exact: true }).last().fill(words.marks);
      await own.locator(".ant-select-dropdown:visible").getByText(words.marks, { exact: true }).click();
      await choose(own, words.operator, op);
      await own.getByLabel(words.valueOf, { exact: true }).last().click();
      for (const mark of words.marked) await own.locator(".ant-select-dropdown:visible").getByTitle(mark).click();
      await own.evaluate(() => (document.activeElement as HTMLElement).blur());
      await own.getByRole("button", { name: words.apply, exact: true }).click();
    };
    await filtered(words.hasAll);
    await expect
      .poll(() => own.locator(".title-link").allTextContents(), { timeout: 15_000 })
      .toEqual(["深圳海风物流"]);
    await filtered(words.hasNone);
    await own.locator(".title-link", { hasText: "深圳海风物流" }).waitFor({ state: "detached" });
    await own.locator(".title-link").first().waitFor();
    expect(complaints).toEqual([]);
    await own.context().close();
  });

  test("what is taken away is told before it holds: from whom, and how many records", async () => {
    const { page } = security;
    await page.goto("/roles?object=device&role=device_clerk");
    await page.getByRole("button", { name: /编辑策略|Edit the policy/ }).click();
    await page
      .getByRole("button", { name: words.cell(words.actions[2]) })
      .first()
      .click();
    const cell = page.getByRole("dialog");
    await cell.getByLabel(words.own, { exact: true }).uncheck();
    await cell.getByRole("button", { name: words.take }).click();
    await cell.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: words.review }).click();
    await page.getByRole("dialog").getByText(words.people, { exact: true }).first().waitFor();
    await page.getByRole("dialog").getByText(words.noGains).waitFor();
  });

  test("the calendar takes the public holidays, and a department is made and moved", async () => {
    const { page } = admin;
    await page.goto("/settings?tab=calendar");
    await page.getByRole("button", { name: words.holidays }).click();
    await expectAccessible(page, "calendar with holidays");
    await page.getByRole("button", { name: words.save, exact: true }).click();
    await page.getByText(words.saved).waitFor();
    await page.reload();
    await page.getByText("2026-10-07", { exact: true }).waitFor();

    await page.goto("/people");
    await page.getByRole("button", { name: words.departments, exact: true }).click();
    const drawer = page.getByRole("dialog").first();
    await drawer.getByRole("button", { name: words.addTop }).click();
    await page.getByRole("dialog").last().getByLabel(words.departmentName).fill("出口部");
    await page.getByRole("dialog").last().getByRole("button", { name: words.save, exact: true }).click();
    await drawer.getByRole("button", { name: words.moveIt }).click();
    await expectAccessible(page, "move a department");
    await choose(page, words.parent, "销售中心");
    await page.getByRole("dialog").last().getByRole("button", { name: words.save, exact: true }).click();
    await drawer.locator(".dept-list .dept-list .dept-list").getByText("出口部", { exact: true }).waitFor();
  });

  test("an earlier version of the policy is taken back as a draft, reviewed like any other", async () => {
    const { page } = security;
    await page.goto("/roles?tab=versions");
    await page.getByRole("button", { name: words.restore }).last().click();
    const review = page.getByRole("dialog");
    await review.getByRole("button", { name: words.publish }).waitFor();
    await review.getByText("device_clerk.device.own", { exact: true }).first().waitFor();
    await expectAccessible(page, "review of an earlier version");
  });

  // One look in each language: all of them in both took as long as everything else here.
  const look =
    language === "en"
      ? ({ colorScheme: "dark", viewport: { width: 390, height: 844 } } as const)
      : ({ colorScheme: "light", viewport: { width: 1440, height: 900 } } as const);
  test("its pages are accessible and stay within the window", async () => {
    for (const login of ["admin", "security"] as const) {
      const person = await house.person(login, language, look);
      const told: string[] = [];
      for (const path of PAGES[login]) {
        await person.page.goto(path);
        await person.page.getByRole("heading", { level: 1 }).waitFor();
        await person.page.waitForLoadState("networkidle");
        await expectAccessible(person.page, path);
        const over = await sideways(person.page);
        if (over > 0) told.push(`${path}: ${over} px wider than the window`);
      }
      expect(told).toEqual([]);
      expect(person.complaints).toEqual([]);
      await person.page.context().close();
    }
  });

  test("nothing broke the page's policy", () => {
    expect([...admin.complaints, ...security.complaints]).toEqual([]);
  });
});
