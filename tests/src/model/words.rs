//! What content is made up of: whatever is easily compared in a wrong way.

/// Titles, and parts of them.
pub const TITLES: [&str; 42] = [
    "塔利班掌權之後",
    "塔利班掌权之后",
    "臺灣海峽的風",
    "台湾海峡的风",
    "北京，北京",
    "《阿甘正传》",
    "乾隆",
    "干隆",
    "绿",
    "路",
    "乱",
    "——",
    "𠀀字",
    "Harbour lights",
    "HARBOUR LIGHTS",
    "harbour",
    "Ｈａｒｂｏｕｒ　Ｌｉｇｈｔｓ",
    "100% _sure_ \\ 'no' \"yes\"",
    "50%",
    "a_b",
    "a%b",
    "ab",
    "\\",
    "'); DROP TABLE article; --",
    "👨‍👩‍👧 family",
    "🌊",
    "🌊🌊 tide",
    "été",
    "ETE",
    "ÉTÉ",
    "x̂ marks",
    "x marks",
    "Straße",
    "STRASSE",
    "ΟΔΟΣ",
    "οδος",
    "ﬁn de siècle",
    "ガイド",
    "ｶﾞｲﾄﾞ",
    "İstanbul",
    "istanbul",
    "\u{10fffd} last",
];

/// Slugs that articles ask for.
pub const SLUGS: [&str; 8] = ["潮汐", "潮", "harbour", "harbour-2", "notes/one", "ı", "straße", "été"];

/// Decoded paths; `{}` makes them unique.
pub const PATHS: [&str; 8] = [
    "/2022/潮 汐-{}/",
    "/2022/08/16/harbour-{}/",
    "/notes/Harbour{}",
    "/{}/100%/",
    "/a_b/{}.html",
    "/ＷＩＤＥ/{}/",
    "/%41-{}/",
    "/臺灣/{}/été",
];

/// Where articles were first published.
pub const SOURCES: [&str; 6] = [
    "https://example.com/a?x=1%20&y=_",
    "https://EXAMPLE.com/A",
    "https://example.com/a",
    "https://example.com/潮汐",
    "http://old.example.org/100%25",
    "https://example.com/",
];

/// Language tags.
pub const LOCALES: [&str; 5] = ["zh-CN", "zh-TW", "en", "en-GB", "de"];

/// Authors.
pub const AUTHORS: [&str; 8] = ["Ada Anker", "ada anker", "阿達", "阿达", "O'Brien_%", "Ｚｏë", "…", "👩‍🚀"];

/// Chains of categories.
pub const CHAINS: [&[&str]; 14] = [
    &["海洋"],
    &["海洋", "潮汐"],
    &["海洋", "潮汐", "大潮"],
    &["海洋", "Harbours"],
    &["Harbours"],
    &["Harbours", "潮汐"],
    &["HARBOURS"],
    &["臺灣"],
    &["台湾"],
    &["台湾", "100%"],
    &["台湾", "a_b"],
    &["Harbours", "潮汐", "a", "b", "c"],
    &["—"],
    &["—", "🌊"],
];

/// Tags.
pub const TAGS: [&str; 10] = ["walks", "Walks", "夜", "繁體", "繁体", "c++", "c#", "100%", "a_b", "🌊"];

/// Pictures: original URL, and whether its size is told.
pub const IMAGES: [(&str, bool); 12] = [
    ("https://img.example.com/a.jpg", true),
    ("https://img.example.com/A.JPG", false),
    ("https://img.example.com/b.png", true),
    ("https://img.example.com/picture", true),
    ("https://img.example.com/图.webp", false),
    ("/uploads/a.jpg", true),
    ("/uploads/图 1.png", true),
    ("/uploads/100_%.gif", false),
    ("/臺/x̂.svg", true),
    ("https://img.example.com/c.jpg?w=_1", true),
    ("https://img.example.com/avatar.png", false),
    ("/uploads/avatar.jpeg", true),
];

/// Instants at the edges of something.
pub const INSTANTS: [&str; 26] = [
    "0001-01-01T00:00:00Z",
    "1582-10-15T00:00:00Z",
    "1900-12-31T15:54:17Z",
    "1941-06-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z",
    "1969-12-31T15:59:59.999999Z",
    "1969-12-31T16:00:00Z",
    "1970-01-01T00:00:00Z",
    "1986-06-30T15:00:00Z",
    "1986-06-30T14:59:59Z",
    "2022-08-16T02:50:37Z",
    "2022-08-16T02:50:37.5Z",
    "2023-12-31T15:59:59.999999Z",
    "2023-12-31T16:00:00Z",
    "2024-02-28T16:00:00Z",
    "2024-02-29T12:00:00Z",
    "2024-02-29T15:59:59.999999Z",
    "2024-02-29T16:00:00Z",
    "2024-12-31T23:59:59Z",
    "2026-11-22T11:59:59.999999Z",
    "2026-11-22T12:00:00Z",
    "2026-11-22T12:00:00.000001Z",
    "2026-12-01T00:00:00Z",
    "2100-02-28T16:00:00Z",
    "2150-06-30T16:00:00Z",
    "9999-12-31T23:59:59.999999Z",
];
