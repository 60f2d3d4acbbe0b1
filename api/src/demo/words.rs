//! What made-up articles are made of.

/// Subjects of Chinese sentences.
pub const ZH_SUBJECTS: [&str; 12] =
    ["灯塔", "港口的早班船", "老水手", "潮水", "海图", "北风", "编辑部", "守塔人", "渡轮", "候鸟", "印刷工", "雾号"];
/// Predicates of Chinese sentences.
pub const ZH_VERBS: [&str; 12] = [
    "在清晨经过了",
    "慢慢靠近",
    "记录下",
    "等待着",
    "绕过了",
    "照亮了",
    "重新量过",
    "听见了",
    "忘不了",
    "守着",
    "穿过",
    "画下了",
];
/// Objects of Chinese sentences.
pub const ZH_OBJECTS: [&str; 12] = [
    "一片安静的海湾",
    "退潮后的沙洲",
    "第三块礁石",
    "远处的灯火",
    "去年的航海日志",
    "结冰的航道",
    "一张旧地图",
    "码头上的钟声",
    "半岛的轮廓",
    "刚刚印好的报纸",
    "海峡里的水流",
    "一群白色的海鸟",
];
/// Subjects of English sentences.
pub const EN_SUBJECTS: [&str; 12] = [
    "The lighthouse",
    "An early ferry",
    "The old sailor",
    "The tide",
    "A careful chart",
    "The north wind",
    "The newsroom",
    "The keeper",
    "A small harbour",
    "The printer",
    "The fog signal",
    "A flock of terns",
];
/// Predicates of English sentences.
pub const EN_VERBS: [&str; 12] = [
    "passes",
    "waits for",
    "remembers",
    "measures",
    "circles",
    "lights",
    "answers",
    "crosses",
    "draws",
    "follows",
    "keeps",
    "leaves",
];
/// Objects of English sentences.
pub const EN_OBJECTS: [&str; 12] = [
    "a quiet bay",
    "the third reef",
    "the lamps across the strait",
    "last year's log",
    "an old map",
    "the frozen channel",
    "the bell on the quay",
    "the outline of the cape",
    "a fresh front page",
    "the slow current",
    "a line of white birds",
    "the morning mail",
];
/// First halves of the names of authors.
pub const GIVEN: [&str; 20] = [
    "Ada", "Bruno", "Clara", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Lin", "Mara",
    "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sven", "Tao",
];
/// Second halves of the names of authors.
pub const FAMILY: [&str; 10] =
    ["Anker", "Brandt", "Castell", "Dahl", "Eskola", "Fontaine", "Gruber", "Holm", "Ito", "Jensen"];
/// First halves of the names of categories and tags.
pub const FIELDS: [&str; 12] =
    ["海洋", "Ports", "航海", "Weather", "地图", "Printing", "海鸟", "Travel", "历史", "Craft", "新闻", "Science"];
