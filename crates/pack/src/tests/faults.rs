//! Every kind of fault: one change to the small pack, the fault it makes, and the line where it stands.

use std::collections::BTreeSet;

use super::small;
use crate::{Pack, source::Source};

const VISIT: &str = "registers/visit.toml";
const TASK: &str = "registers/task.toml";
const FIGURES: &str = "figures/all.toml";
const PLAN: &str = "programmes/plan.toml";

/// File, what is replaced (only where it stands first), by what, the fault's key, the line it must name by marks that follow each other, a piece of what
/// it says.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const HEADS: &[Row] = &[
    (VISIT, "day = \"held_on\"", "day = \"held\"", "pack.unknown_field", "day = \"held\"", "held_on"),
    (VISIT, "day = \"held_on\"", "day = \"people\"", "pack.wrong_type", "day = \"people\"", "date"),
    (VISIT, "planned = \"planned_on\"", "planned = \"kind\"", "pack.wrong_type", "planned = \"kind\"", "date"),
    (VISIT, "title = [\"subject\"]", "title = []", "pack.title_missing", "title = []", ""),
    (VISIT, "title = [\"subject\"]", "title = [\"subjekt\"]", "pack.unknown_field", "title =", "subject"),
    (VISIT, "title = [\"subject\"]", "title = [\"name\"]", "pack.private_used", "title =", "name"),
    (VISIT, "group = \"books\"", "group = \"boks\"", "pack.unknown_group", "group = \"boks\"", "books"),
    (VISIT, "\"commune\", \"ubnd\"", "\"comune\"", "pack.unknown_kind", "books =", "commune"),
    (VISIT, "parties = [\"helper\"]", "parties = [\"helper\", \"kind\"]", "pack.wrong_type", "parties =", "body"),
    (
        VISIT,
        "initial = \"planned\"",
        "behaviours = [\"next_agend\"]\ninitial = \"planned\"",
        "pack.unknown_behaviour",
        "behav",
        "next_agenda",
    ),
    (VISIT, "[[section]]", "[recurs]\nby = \"kind\"\n\n[[section]]", "pack.wrong_type", "by = \"kind\"", "post"),
    (VISIT, "[[section]]", "[recurs]\nby = \"chairs\"\n\n[[section]]", "pack.not_indexed", "by = \"chairs\"", "chairs"),
    (
        VISIT,
        "[[section]]",
        "[recurs]\nby = \"chairs\"\nnotice = \"answr\"\n\n[[section]]",
        "pack.unknown_clock",
        "notice = \"answr\"",
        "answer",
    ),
    (
        VISIT,
        "[[section]]",
        "[recurs]\nby = \"chairs\"\nasks = [\"name\"]\n\n[[section]]",
        "pack.private_used",
        "asks = [\"name\"]",
        "name",
    ),
    (VISIT, "id = \"visit\"", "id = \"visits\"", "pack.not_named_as_file", "id = \"visits\"", "visit"),
    (VISIT, "noun = { vi = \"buổi\" }", "noun = { vi = \" \" }", "pack.no_label", "noun =", "visit"),
    (VISIT, "noun = { vi = \"buổi\" }", "noun = { en = \"x\" }", "pack.does_not_fit", "noun =", "vi"),
    (VISIT, "noun = { vi = \"buổi\" }", "noun = { vi = \"buổi\"", "pack.toml_unreadable", "group =", ""),
    (VISIT, "title = [\"subject\"]", "title = [\"subject\"]\ncolour = 1", "pack.does_not_fit", "colour", "colour"),
    (
        TASK,
        "[[copy]]",
        "[evidence]\nfigure = \"text\"\nfrom = \"made_on\"\nto = \"made_on\"\n\n[[copy]]",
        "pack.wrong_type",
        "figure = \"text\"",
        "figure",
    ),
    (
        TASK,
        "[[copy]]",
        "[evidence]\nfigure = \"fig\"\nfrom = \"made_on\"\nto = \"made_on\"\n\n[[copy]]",
        "pack.unknown_field",
        "figure = \"fig\"",
        "fig",
    ),
];

const FIELDS: &[Row] = &[
    (VISIT, "id = \"topic\"", "id = \"Topic\"", "pack.bad_id", "id = \"Topic\"", "topic"),
    (VISIT, "id = \"topic\"", "id = \"in\"", "pack.reserved", "id = \"in\"", "in"),
    (VISIT, "id = \"score\"", "id = \"state\"", "pack.reserved", "id = \"state\"", "state"),
    (VISIT, "id = \"topic\"", "id = \"kind\"", "pack.twice", "id = \"kind\" >> id = \"kind\"", "kind"),
    (VISIT, "id = \"item\"", "id = \"people\"", "pack.twice", "[[rows]] >> id = \"people\"", "people"),
    (VISIT, "label = { vi = \"Hạng\" }", "label = { vi = \"\" }", "pack.no_label", "id = \"score\"", "score"),
    (VISIT, "section = \"main\"", "section = \"mian\"", "pack.unknown_section", "section = \"mian\"", "main"),
    (VISIT, "type = \"topic\"", "type = \"choice\"", "pack.no_choices", "id = \"topic\"", "topic"),
    (VISIT, "type = \"topic\"", "type = \"topik\"", "pack.does_not_fit", "type = \"topik\"", "topik"),
    (
        VISIT,
        "type = \"topic\"",
        "type = \"topic\"\nchoices = [{ id = \"a\", vi = \"a\" }]",
        "pack.choices_not_possible",
        "choices = [{ id = \"a\"",
        "topic",
    ),
    (VISIT, "as = \"joint\"", "as = \"jont\"", "pack.unknown_standard", "as = \"jont\"", "joint"),
    (
        VISIT,
        "{ id = \"joint\", vi = \"chung\" },\n  { id = \"local\"",
        "{ id = \"joint\", vi = \"\" },\n  { id = \"local\"",
        "pack.no_label",
        "{ id = \"joint\"",
        "joint",
    ),
    (VISIT, "\nmeasure = \"km\"", "", "pack.no_measure", "id = \"length\"", "length"),
    (VISIT, "measure = \"km\"", "measure = \"kn\"", "pack.unknown_measure", "measure = \"kn\"", "km"),
    (
        VISIT,
        "type = \"rank\"",
        "type = \"rank\"\nmeasure = \"km\"",
        "pack.measure_not_possible",
        "id = \"score\" >> measure",
        "rank",
    ),
    (VISIT, "type = \"link\"\nregister = \"task\"", "type = \"link\"", "pack.no_register", "id = \"tasks\"", "tasks"),
    (
        VISIT,
        "type = \"link\"\nregister = \"task\"",
        "type = \"link\"\nregister = \"tusk\"",
        "pack.unknown_register",
        "register = \"tusk\"",
        "task",
    ),
    (
        VISIT,
        "type = \"rank\"",
        "type = \"rank\"\nregister = \"task\"",
        "pack.register_not_possible",
        "id = \"score\" >> register",
        "rank",
    ),
    (VISIT, "of = [\"xa\"]", "of = [\"xaa\"]", "pack.unknown_kind", "of = [\"xaa\"]", "xa"),
    (
        VISIT,
        "type = \"rank\"",
        "type = \"rank\"\nof = [\"xa\"]",
        "pack.of_not_possible",
        "id = \"score\" >> of =",
        "rank",
    ),
    (
        VISIT,
        "type = \"rank\"",
        "type = \"rank\"\nmany = true",
        "pack.many_not_possible",
        "id = \"score\" >> many =",
        "rank",
    ),
    (VISIT, "type = \"topic\"", "type = \"topic\"\nmin = 1", "pack.bounds_not_possible", "min = 1", "topic"),
    (VISIT, "min = 0\nmax = 900", "min = 901\nmax = 900", "pack.min_over_max", "min = 901", "901"),
    (VISIT, "min = 0\nmax = 99", "min = 100\nmax = 99", "pack.min_over_max", "min = 100", "100"),
    (VISIT, "default = \"plain\"", "default = \"plane\"", "pack.default_does_not_fit", "default = \"plane\"", "plane"),
    (VISIT, "private = true", "sealed = true", "pack.sealed_not_private", "id = \"name\" >> sealed", "name"),
    (VISIT, "private = true", "private = true\nindex = true", "pack.private_used", "id = \"name\" >> index", "name"),
    (
        VISIT,
        "section = \"main\"",
        "section = \"main\"\nindex = true",
        "pack.index_not_possible",
        "index = true",
        "text",
    ),
    (
        VISIT,
        "required = true",
        "required = true\nshown_when = \"people > 1\"",
        "pack.required_twice",
        "required = true",
        "subject",
    ),
    (
        VISIT,
        "id = \"outcome\"",
        "id = \"outcome\"\nsection = \"main\"",
        "pack.section_in_rows",
        "id = \"outcome\"",
        "outcome",
    ),
];

const EXPRESSIONS: &[Row] = &[
    (VISIT, "kind == 'plain'", "knd == 'plain'", "pack.expression_unknown_name", "id = \"remote\"", "kind"),
    (VISIT, "kind == 'plain'", "kind == 'plan'", "pack.expression_unknown_choice", "id = \"remote\"", "plain"),
    (
        VISIT,
        "kind == 'plain'",
        "kind in ['plain', 'joined']",
        "pack.expression_unknown_choice",
        "id = \"remote\"",
        "joint",
    ),
    (VISIT, "kind == 'plain'", "kind == 3", "pack.expression_two_kinds", "id = \"remote\"", "text"),
    (VISIT, "kind == 'plain'", "people && true", "pack.expression_wrong_kind", "id = \"remote\"", "integer"),
    (VISIT, "kind == 'plain'", "kind == ", "pack.expression_unreadable", "id = \"remote\"", "kind =="),
    (VISIT, "kind == 'plain'", "near(kind)", "pack.expression_unknown_function", "id = \"remote\"", "near"),
    (VISIT, "kind == 'plain'", "people.exists(p, p > 1)", "pack.expression_not_a_list", "id = \"remote\"", ""),
    (VISIT, "kind == 'plain'", "people.more == 1", "pack.expression_no_parts", "id = \"remote\"", "more"),
    (VISIT, "kind == 'plain'", "name == 'A'", "pack.private_used", "id = \"remote\"", "name"),
    (VISIT, "kind == 'plain'", "people + 1", "pack.not_a_condition", "id = \"remote\"", "integer"),
    (
        VISIT,
        "row.outcome == 'yes'\"\n\n[[rows",
        "row.outcom == 'yes'\"\n\n[[rows",
        "pack.expression_unknown_name",
        "id = \"on\"",
        "outcome",
    ),
    (
        VISIT,
        "kind != 'local'",
        "on.held != null",
        "pack.expression_unknown_name",
        "[[figure]] >> id = \"held\"",
        "hold",
    ),
    (VISIT, "size(item) == 0", "item == 0", "pack.expression_two_kinds", "id = \"close\"", "list"),
    (
        "law/limits.toml",
        "when = \"remote\"",
        "when = \"remot\"",
        "pack.expression_unknown_name",
        "id = \"visit.answer\"",
        "remote",
    ),
];

const LIFECYCLE: &[Row] = &[
    (VISIT, "initial = \"planned\"", "", "pack.no_initial", "[[state]]", ""),
    (VISIT, "initial = \"planned\"", "initial = \"plannd\"", "pack.unknown_state", "initial = \"plannd\"", "planned"),
    (VISIT, "to = \"held\"", "to = \"hold\"", "pack.unknown_state", "to = \"hold\"", "held"),
    (VISIT, "from = [\"held\"]", "from = [\"hold\"]", "pack.unknown_state", "from = [\"hold\"]", "held"),
    (VISIT, "from = [\"held\"]", "from = []", "pack.step_from_nowhere", "from = []", "close"),
    (
        VISIT,
        "from = [\"held\"]",
        "from = [\"planned\"]",
        "pack.state_without_exit",
        "[[state]] >> id = \"held\"",
        "held",
    ),
    (VISIT, "to = \"closed\"", "to = \"held\"", "pack.state_unreachable", "id = \"closed\"", "closed"),
    (VISIT, "who = [\"clerk\"]", "who = []", "pack.step_of_nobody", "who = []", "hold"),
    (VISIT, "who = [\"clerk\"]", "who = [\"cleric\"]", "pack.does_not_fit", "who = [\"cleric\"]", "cleric"),
    (VISIT, "party = \"helper\"", "party = \"place\"", "pack.wrong_type", "party = \"place\"", "body"),
    (VISIT, "parties = [\"helper\"]", "parties = []", "pack.not_a_party", "party = \"helper\"", "helper"),
    (VISIT, "day = \"held_on\"\nneeds", "day = \"kind\"\nneeds", "pack.wrong_type", "day = \"kind\"", "date"),
    (VISIT, "needs = [\"held_on\"", "needs = [\"held_at\"", "pack.expression_unknown_name", "id = \"hold\"", "held_on"),
    (VISIT, "marks = \"item.on\"", "marks = \"held_on\"", "pack.marks_outside_rows", "marks = \"held_on\"", "held_on"),
    (VISIT, "marks = \"item.on\"", "keeps = { rows = \"itm\", was = {} }", "pack.unknown_rows", "keeps = {", "item"),
    (
        VISIT,
        "marks = \"item.on\"",
        "keeps = { rows = \"item\", was = { text = \"held_on\" } }",
        "pack.wrong_type",
        "keeps = {",
        "date",
    ),
    (
        VISIT,
        "marks = \"item.on\"",
        "keeps = { rows = \"item\", was = { on = \"held_on\" }, clears = [\"subject\"] }",
        "pack.clears_required",
        "keeps = {",
        "subject",
    ),
    (
        VISIT,
        "stops = [\"close\"]",
        "stops = [\"close\"]\nrestarts = [\"clos\"]",
        "pack.unknown_step",
        "restarts = [\"clos\"]",
        "close",
    ),
    (
        VISIT,
        "stops = [\"close\"]",
        "stops = [\"close\"]\nexcludes = { rows = \"item\", from = \"on\", to = \"text\", why = \"outcome\" }",
        "pack.wrong_type",
        "excludes = {",
        "date",
    ),
    (VISIT, "marks = \"item.on\"", "marks = \"item.at\"", "pack.unknown_field", "marks = \"item.at\"", "item."),
    (
        VISIT,
        "say = { vi = \"Không có ý kiến.\" }",
        "say = { vi = \"\" }",
        "pack.no_label",
        "when = \"size(item) == 0\"",
        "close",
    ),
    (VISIT, "starts = \"step:hold\"", "starts = \"step:held\"", "pack.unknown_step", "starts = \"step:held\"", "hold"),
    (VISIT, "starts = \"step:hold\"", "starts = \"hold\"", "pack.clock_start", "starts = \"hold\"", "hold"),
    (
        VISIT,
        "starts = \"field:planned_on\"",
        "starts = \"field:kind\"",
        "pack.wrong_type",
        "starts = \"field:kind\"",
        "date",
    ),
    (VISIT, "stops = [\"close\"]", "stops = []", "pack.clock_never_stops", "stops = []", "answer"),
    (VISIT, "stops = [\"close\"]", "stops = [\"clos\"]", "pack.unknown_step", "stops = [\"clos\"]", "close"),
    (VISIT, "limit = \"visit.answer\"", "", "pack.clock_limit_or_due", "id = \"answer\"", "answer"),
    (
        VISIT,
        "limit = \"visit.answer\"",
        "limit = \"visit.anser\"",
        "pack.unknown_limit",
        "limit = \"visit.anser\"",
        "visit.answer",
    ),
    (VISIT, "due = \"due_on\"", "due = \"kind\"", "pack.wrong_type", "due = \"kind\"", "date"),
    (VISIT, "facts = { remote", "facts = { remoat", "pack.unknown_fact", "facts =", "remote"),
    (VISIT, "on = \"tasks\"", "on = \"kind\"", "pack.wrong_type", "on = \"kind\"", "link"),
    (VISIT, "take = \"finish\"", "take = \"finis\"", "pack.unknown_step", "take = \"finis\"", "finish"),
    (
        TASK,
        "who = [\"clerk\"]",
        "who = [\"clerk\"]\neffect = [{ on = \"visit\", take = \"close\" }]",
        "pack.effect_chain",
        "effect = [{",
        "close",
    ),
    (
        VISIT,
        "register = \"task\"\nrows",
        "register = \"tusk\"\nrows",
        "pack.unknown_register",
        "register = \"tusk\"",
        "task",
    ),
    (VISIT, "rows = \"item\"", "rows = \"items\"", "pack.unknown_rows", "[[step.make]] >> rows =", "item"),
    (VISIT, "link = \"visit\"", "link = \"visits\"", "pack.unknown_field", "[[step.make]] >> link =", "visit"),
    (TASK, "register = \"visit\"", "register = \"task\"", "pack.make_link", "@registers/visit.toml", "visit"),
    (VISIT, "book = \"body\"", "book = \"text\"", "pack.wrong_type", "[[step.make]] >> book =", "body"),
    (VISIT, "text = \"row.text\"", "text = \"row.txt\"", "pack.unknown_field", "set = {", "item.text"),
    (VISIT, "text = \"row.text\"", "text = \"held_on\"", "pack.wrong_type", "set = {", "text"),
    (VISIT, "text = \"row.text\"", "text = \"name\"", "pack.private_used", "set = {", "name"),
    (VISIT, "\"'plain'\"", "\"'plan'\"", "pack.unknown_choice", "set = {", "plain"),
    (VISIT, "text = \"row.text\", ", "", "pack.make_misses", "[[step.make]] >> set =", "text"),
    (
        TASK,
        "fields = { kind = \"visit_kind\" }",
        "fields = { knd = \"visit_kind\" }",
        "pack.unknown_field",
        "fields =",
        "kind",
    ),
    (TASK, "fields = { kind = \"visit_kind\" }", "fields = { kind = \"text\" }", "pack.wrong_type", "fields =", "text"),
    (
        TASK,
        "fields = { kind = \"visit_kind\" }",
        "fields = { name = \"text\" }",
        "pack.private_used",
        "fields =",
        "name",
    ),
    (
        TASK,
        "register = \"visit\"",
        "register = \"visit\"\nmany = true",
        "pack.copy_of_many",
        "link = \"visit\"",
        "visit",
    ),
    (TASK, "register = \"visit\"", "register = \"task\"", "pack.unknown_field", "fields =", "kind"),
];

const COUNTED: &[Row] = &[
    (VISIT, "count = \"records\"", "", "pack.figure_what", "[[figure]] >> id = \"held\"", "held"),
    (
        VISIT,
        "sum = \"people\"",
        "sum = \"people\"\ncount = \"records\"",
        "pack.figure_what",
        "[[figure]] >> id = \"people\"",
        "people",
    ),
    (VISIT, "count = \"rows:item\"", "count = \"rows:items\"", "pack.unknown_rows", "count = \"rows:items\"", "item"),
    (VISIT, "count = \"rows:item\"", "count = \"item\"", "pack.figure_count", "count = \"item\"", "item"),
    (VISIT, "sum = \"people\"", "sum = \"score\"", "pack.wrong_type", "sum = \"score\"", "quantity"),
    (VISIT, "sum = \"people\"", "sum = \"peple\"", "pack.unknown_field", "sum = \"peple\"", "people"),
    (VISIT, "reading = \"score\"", "reading = \"kind\"", "pack.wrong_type", "reading = \"kind\"", "rank"),
    (VISIT, "overdue = \"answer\"", "overdue = \"anser\"", "pack.unknown_clock", "overdue = \"anser\"", "answer"),
    (
        VISIT,
        "day = \"step:hold\"\nsince",
        "day = \"step:held\"\nsince",
        "pack.unknown_step",
        "day = \"step:held\"",
        "hold",
    ),
    (VISIT, "day = \"step:hold\"\nsince", "day = \"hold\"\nsince", "pack.unknown_moment", "day = \"hold\"", "hold"),
    (
        VISIT,
        "since = \"field:planned_on\"",
        "since = \"field:kind\"",
        "pack.wrong_type",
        "since = \"field:kind\"",
        "date",
    ),
    (VISIT, "since = \"field:planned_on\"", "since = \"row:on\"", "pack.no_row_here", "since = \"row:on\"", "row:on"),
    (VISIT, "day = \"row:on\"", "day = \"row:at\"", "pack.unknown_field", "day = \"row:at\"", "on"),
    (VISIT, "day = \"row:on\"", "day = \"row:text\"", "pack.wrong_type", "day = \"row:text\"", "date"),
    (VISIT, "to = \"end\"", "to = \"end\"\nthrough = \"field:due_on\"", "pack.two_ends", "through =", "open"),
    (VISIT, "from = \"step:hold\"\nto", "to", "pack.end_without_beginning", "to = \"end\"", "open"),
    (
        VISIT,
        "from = \"step:hold\"",
        "from = \"step:hold\"\nday = \"day\"",
        "pack.flow_and_stock",
        "day = \"day\"",
        "open",
    ),
    (
        VISIT,
        "from = \"step:hold\"",
        "from = \"step:hold\"\nsince = \"day\"",
        "pack.stock_has_no_since",
        "since = \"day\"",
        "open",
    ),
    (
        VISIT,
        "reading = \"score\"",
        "reading = \"score\"\nfrom = \"day\"",
        "pack.reading_is_no_stock",
        "from = \"day\"",
        "rank",
    ),
    (VISIT, "last = true", "", "pack.no_end", "to = \"end\"", "end"),
    (VISIT, "unit = \"place\"", "unit = \"kind\"", "pack.wrong_type", "unit = \"kind\"", "place"),
    (VISIT, "subject = \"chairs\"", "subject = \"kind\"", "pack.wrong_type", "subject = \"kind\"", "post"),
    (VISIT, "by = [\"kind\", \"unit.level\"]", "by = [\"knd\"]", "pack.unknown_field", "by = [\"knd\"]", "kind"),
    (
        VISIT,
        "by = [\"kind\", \"unit.level\"]",
        "by = [\"people\"]",
        "pack.by_not_possible",
        "by = [\"people\"]",
        "count",
    ),
    (
        VISIT,
        "by = [\"kind\", \"unit.level\"]",
        "by = [\"kind\", \"kind\"]",
        "pack.twice",
        "by = [\"kind\", \"kind\"]",
        "kind",
    ),
    (VISIT, "by = [\"kind\", \"unit.level\"]", "by = [\"name\"]", "pack.private_used", "by = [\"name\"]", "name"),
    (
        VISIT,
        "by = [\"kind\", \"unit.level\"]",
        "by = [\"item.outcome\"]",
        "pack.no_row_here",
        "by = [\"item.outcome\"]",
        "item.outcome",
    ),
    (VISIT, "kind != 'local'", "name != 'local'", "pack.private_used", "[[figure]] >> id = \"held\"", "name"),
    (VISIT, "field = \"people\"", "field = \"peple\"", "pack.unknown_field", "field = \"peple\"", "people"),
];

const COMPUTED: &[Row] = &[
    (FIGURES, "id = \"sum\"", "id = \"share\"", "pack.twice", "id = \"share\" >> id = \"share\"", "share"),
    (FIGURES, "id = \"sum\"", "id = \"visit.sum\"", "pack.bad_id", "id = \"visit.sum\"", "visit"),
    (
        FIGURES,
        "share = \"cohort(",
        "formula = \"1 + 1\"\nshare = \"cohort(",
        "pack.derived_what",
        "id = \"share\"",
        "share",
    ),
    (FIGURES, "met = \"plan\"", "", "pack.derived_what", "id = \"met\"", "met"),
    (FIGURES, "met = \"plan\"", "met = \"plam\"", "pack.unknown_programme", "met = \"plam\"", "plan"),
    (FIGURES, "cohort(visit.held) /", "visit.held +", "pack.share_not_division", "share =", "share"),
    (FIGURES, "cohort(visit.held) /", "cohort(visit.hold) /", "pack.unknown_figure", "share =", "visit.held"),
    (FIGURES, "cohort(visit.held) /", "opening(visit.held) /", "pack.take_not_possible", "share =", "flow"),
    (FIGURES, "cohort(visit.held) /", "cohort(visit.people) /", "pack.take_not_possible", "share =", "visit.people"),
    (FIGURES, "cohort(visit.held) /", "gain(visit.held) /", "pack.take_not_possible", "share =", "flow"),
    (FIGURES, "cohort(visit.held) /", "most(visit.held) /", "pack.formula_unreadable", "id = \"share\"", "most"),
    (FIGURES, "'kind', 'joint'", "'kin', 'joint'", "pack.unknown_part", "formula =", "kind"),
    (FIGURES, "'kind', 'joint'", "'kind', 'joined'", "pack.unknown_choice", "formula =", "joint"),
    (FIGURES, "+ visit.people\"", "> visit.people\"", "pack.formula_is_condition", "formula =", "sum"),
    (FIGURES, "+ visit.people\"", "+ heads\"", "pack.not_in_formulas", "formula =", "heads"),
    (FIGURES, "+ visit.people\"", "+ sum\"", "pack.figures_in_circle", "id = \"sum\"", "sum"),
    (FIGURES, "posts:chair", "posts:chairs", "pack.unknown_kind", "over = \"posts:chairs\"", "chair"),
    (FIGURES, "posts:chair", "persons", "pack.coverage_over", "over = \"persons\"", "persons"),
    (FIGURES, "posts:chair", "records:visits", "pack.unknown_register", "over = \"records:visits\"", "visit"),
    (FIGURES, "parts:kind", "parts:kin", "pack.unknown_part", "over = \"parts:kin\"", "kind"),
    (FIGURES, "visit.by_chair >= 1", "visit.by_chair + 1", "pack.each_not_condition", "each =", "visit.by_chair"),
    (FIGURES, "visit.by_chair >= 1", "visit.held >= 1", "pack.coverage_without_subject", "each =", "visit.held"),
    (FIGURES, "level = [\"commune\"]", "level = [\"comune\"]", "pack.unknown_kind", "scope =", "commune"),
    (FIGURES, "level = [\"commune\"]", "level = [\"commune\"], body = \"ubnd\"", "pack.scope_of_both", "scope =", ""),
    (PLAN, "figure = \"heads\"", "figure = \"head\"", "pack.unknown_figure", "figure = \"head\"", "heads"),
    (PLAN, "value = 95", "value = 195", "pack.target_value", "value = 195", "195"),
    (PLAN, "op = \">=\"", "op = \"=>\"", "pack.does_not_fit", "op = \"=>\"", ">="),
    (PLAN, "to = 2022", "to = 2020", "pack.years_reversed", "to = 2020", "2021"),
    (PLAN, "kind = [\"xa\"]", "kind = [\"xaa\"]", "pack.unknown_kind", "scope =", "xa"),
    (PLAN, "visit.held >= 1", "visit.held", "pack.each_not_condition", "scope =", "visit.held"),
    (PLAN, "id = \"plan\"", "id = \"plans\"", "pack.not_named_as_file", "id = \"plans\"", "plan"),
    ("topics.toml", "parent = \"land\"", "parent = \"lend\"", "pack.unknown_topic", "parent = \"lend\"", "land"),
    (
        "topics.toml",
        "parent = \"land\"",
        "parent = \"clearance\"",
        "pack.topics_in_circle",
        "parent = \"clearance\"",
        "clearance",
    ),
    ("measures.toml", "places = 3", "places = 12", "pack.measure_places", "places = 12", "6"),
    ("pack.toml", "id = \"books\"", "id = \"Sổ\"", "pack.bad_id", "group =", "so"),
    ("law/limits.toml", "family = \"petitions\"", "family = \"other\"", "pack.law", "", "petitions"),
    ("law/limits.toml", "days = 20", "days = \"20\"", "pack.does_not_fit", "days =", "u16"),
    ("calendar/2026.toml", "status = \"confirmed\"", "status = \"sure\"", "pack.does_not_fit", "status =", "sure"),
];

#[test]
fn the_small_pack_is_right() {
    let faults = Pack::read(Source::alone(small::layer())).err().unwrap_or_default();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn every_fault_is_found_where_it_stands() {
    let mut keys = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in [HEADS, FIELDS, EXPRESSIONS, LIFECYCLE, COUNTED, COMPUTED].concat() {
        let (file, from, to, key, at, says) = row;
        let mut layer = small::layer();
        let text = layer.files.get_mut(file).expect(file);
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replacen(from, to, 1);
        let text = text.clone();
        let faults = Pack::read(Source::alone(layer)).expect_err(to);
        let (place, line) = match at.strip_prefix('@') {
            Some(other) => (other, None),
            None if at.is_empty() => (file, None),
            None => {
                let (mut from, mut found) = (0, 0);
                for mark in at.split(" >> ") {
                    found = from + text[from..].find(mark).unwrap_or_else(|| panic!("{to}: no {mark}"));
                    from = found + mark.len();
                }
                (file, Some(text[..found].matches('\n').count() + 1))
            }
        };
        let found = faults.iter().any(|fault| {
            let words = fault.refusal.args.iter().any(|(_, value)| value.contains(says));
            let here = line.is_none_or(|line| fault.line == line) && (fault.file == place || at.is_empty());
            fault.refusal.key == key && here && (words || says.is_empty())
        });
        if !found {
            let found: Vec<String> =
                faults.iter().map(|fault| format!("{}:{} {}", fault.file, fault.line, fault.refusal)).collect();
            wrong.push(format!("{to}: wanted {key} at {place}:{line:?}, found\n    {}", found.join("\n    ")));
        }
        keys.insert(key);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(keys.len() >= 40, "{} kinds", keys.len());
}

#[test]
fn every_fault_has_its_wording() {
    for (file, words) in
        [("vi", include_str!("../../../web/words/vi/pack.ftl")), ("en", include_str!("../../../web/words/en/pack.ftl"))]
    {
        let rows = [HEADS, FIELDS, EXPRESSIONS, LIFECYCLE, COUNTED, COMPUTED].concat();
        for (.., key, _, _) in rows {
            let name = key.replace('.', "-");
            assert!(words.lines().any(|line| line.starts_with(&format!("{name} = "))), "{file} lacks {name}");
        }
    }
}
