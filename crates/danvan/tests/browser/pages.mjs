// Every page that is looked at: who opens it, at which address, or from which page by which link.
// `name` is the picture's name; `as` an account of the demo; `open` an address; `then` the links to follow from there, by their words or a selector.

const YEAR = "unit=hai-phong&period=2021";

export const pages = [
  { name: "sign-in", as: null, open: "/sign-in" },
  { name: "today", as: "xa", open: "/" },
  { name: "registers", as: "xa", open: "/registers" },
  { name: "list", as: "tinh", open: "/registers/dialogue" },
  { name: "list-filtered", as: "tinh", open: "/registers/dialogue?state=held" },
  { name: "list-empty", as: "xa", open: "/registers/assignment" },
  { name: "record", as: "tinh", open: "/registers/dialogue", then: ["main table tbody a"] },
  { name: "record-form", as: "xa", open: "/registers/dialogue/new" },
  { name: "record-form-refused", as: "xa", open: "/registers/dialogue/new", press: "Lưu" },
  { name: "letter-form", as: "xa", open: "/registers/submission/new" },
  { name: "model-form", as: "xa", open: "/registers/model/new" },
  { name: "figures", as: "tinh", open: `/figures?${YEAR}` },
  { name: "figure", as: "tinh", open: `/figures/dialogue.held?${YEAR}` },
  { name: "figure-empty", as: "xa", open: "/figures/model.replicated?period=2025" },
  { name: "board", as: "tinh", open: `/targets?${YEAR}` },
  { name: "search", as: "tinh", open: "/search?q=doi+thoai" },
  { name: "jobs", as: "xa", open: "/jobs" },
  { name: "account", as: "xa", open: "/account" },
  { name: "reports", as: "tinh", open: "/reports" },
  { name: "report", as: "tinh", open: "/reports", then: ["main table tbody a"] },
  { name: "report-new", as: "tinh", open: "/reports/new" },
  { name: "import", as: "xa", open: "/registers/dialogue/import" },
  { name: "step", as: "xa", open: "/", then: ["main td a:nth-of-type(1) >> nth=1"] },
  { name: "reports-owed", as: "tinh", open: "/reports/owed?period=2025" },
  { name: "duties", as: "tinh", open: "/duties?period=2025" },
  { name: "duties-head", as: "tinh", open: "/duties?period=2025", then: ["main table tbody a"] },
  { name: "scoring-round", as: "tinh", open: "/registers/criteria_set", then: ["main table tbody a", "section:has(#h-rounds) a"] },
  { name: "cross-table", as: "tinh", open: `/figures/table?${YEAR}&f=dialogue.held&f=units_in_dialogue&rows=communes` },
  { name: "cross-table-periods", as: "tinh", open: `/figures/table?${YEAR}&f=dialogue.held&rows=by:kind&columns=quarter` },
  { name: "cross-table-empty", as: "xa", open: "/figures/table?q=doi+thoai" },
  { name: "cross-table-refused", as: "tinh", open: `/figures/table?${YEAR}&f=dialogue.held&rows=year&columns=month`, status: 422 },
  { name: "requests", as: "tinh", open: "/requests" },
  { name: "request-new", as: "tinh", open: "/requests/new" },
  { name: "request-new-refused", as: "tinh", open: "/requests/new", press: "Gửi phiếu" },
  { name: "forms", as: "xa", open: "/forms" },
  { name: "national", as: "xa", open: "/national" },
  { name: "sealed", as: "tinh", open: "/sealed" },
  { name: "intake", as: null, open: "/intake" },
  { name: "registers-above", as: "tinh", open: "/registers" },
  { name: "complaint-form", as: "xa", open: "/registers/complaint/new" },
  { name: "visit-form", as: "xa", open: "/registers/visit/new" },
  { name: "units", as: "tinh", open: "/units" },
  { name: "unit", as: "tinh", open: "/units/hai-phong" },
  { name: "decisions", as: "quan-tri", open: "/decisions" },
  { name: "decision-form", as: "quan-tri", open: "/decisions/new" },
  { name: "people", as: "quan-tri", open: "/people" },
  { name: "posts", as: "quan-tri", open: "/posts" },
  { name: "missing", as: "xa", open: "/no-such-page", status: 404 },
];

export const sizes = [
  { name: "1366", width: 1366, height: 768 },
  { name: "360", width: 360, height: 740 },
];

export const themes = ["light", "dark"];
