// Every page that is looked at: who opens it, at which address, or from which page by which link.
// `name` is the picture's name; `as` a role of the demo; `open` an address; `then` the links to follow from there, by their words or a selector.

const YEAR = "unit=hai-phong&period=2021";

export const pages = [
  { name: "sign-in", as: null, open: "/sign-in" },
  { name: "today", as: "clerk", open: "/" },
  { name: "registers", as: "clerk", open: "/registers" },
  { name: "list", as: "province", open: "/registers/dialogue" },
  { name: "list-filtered", as: "province", open: "/registers/dialogue?state=held" },
  { name: "record", as: "province", open: "/registers/dialogue", then: ["main table tbody a"] },
  { name: "record-form", as: "clerk", open: "/registers/dialogue/new" },
  { name: "record-form-refused", as: "clerk", open: "/registers/dialogue/new", press: "Lưu" },
  { name: "model-form", as: "clerk", open: "/registers/model/new" },
  { name: "figures", as: "province", open: `/figures?${YEAR}` },
  { name: "figure", as: "province", open: `/figures/dialogue.held?${YEAR}` },
  { name: "board", as: "province", open: `/targets?${YEAR}` },
  { name: "search", as: "province", open: "/search?q=doi+thoai" },
  { name: "jobs", as: "clerk", open: "/jobs" },
  { name: "account", as: "clerk", open: "/account" },
  { name: "notices", as: "clerk", open: "/notices" },
  { name: "reports", as: "province", open: "/reports" },
  { name: "report", as: "province", open: "/reports", then: ["main table tbody a"] },
  { name: "units", as: "province", open: "/units" },
  { name: "people", as: "administrator", open: "/people" },
  { name: "missing", as: "clerk", open: "/no-such-page", status: 404 },
];

export const sizes = [
  { name: "1366", width: 1366, height: 768 },
  { name: "360", width: 360, height: 740 },
];

export const themes = ["light", "dark"];
