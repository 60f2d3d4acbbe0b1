//! What tries to run a script out of an article: vectors written by hand, mutations bred of them, and sites of each dialect that
//! have them in every field.

use crate::seed::content;
use camino::{Utf8Path, Utf8PathBuf};
use std::{fmt::Write, fs};

/// The host whose frames a body may hold, as the vectors know it.
pub const FRAME_HOST: &str = "player.example";

/// Nothing may be fetched from here.
pub const CANARY: &str = "canary.example";

/// The dialects, by the names of their folders.
pub const DIALECTS: [&str; 3] = ["hexo", "jekyll", "hugo"];

/// HTML, Markdown and template tags written by hand.
#[must_use]
pub fn by_hand() -> Vec<String> {
    lines("html.txt")
}

/// Addresses written by hand.
#[must_use]
pub fn addresses() -> Vec<String> {
    lines("addresses.txt")
}

fn lines(name: &str) -> Vec<String> {
    let text = fs::read_to_string(content().join("vectors").join(name)).expect("the vectors are there");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(|line| unescaped(line).replace("CANARY", CANARY)).collect()
}

/// A line as `html.txt` explains it.
fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, escaped)) = rest.split_once('\\') {
        text.push_str(before);
        let (kind, mut after) = escaped.split_at(1);
        text.push(match kind {
            "n" => '\n',
            "r" => '\r',
            "t" => '\t',
            "f" => '\u{c}',
            "0" => '\0',
            "\\" => '\\',
            "u" => {
                let (code, next) = after[1..].split_once('}').expect("a code stands in braces");
                after = next;
                char::from_u32(u32::from_str_radix(code, 16).expect("a code is hexadecimal"))
                    .expect("it is a character")
            }
            other => panic!("`\\{other}` in {line}"),
        });
        rest = after;
    }
    text + rest
}

/// Elements around a vector, and other places for it.
const AROUND: [&str; 30] = [
    "<table><tr><td>@</td></tr></table>",
    "<table>@</table>",
    "<svg><desc>@</desc></svg>",
    "<svg><style>@</style></svg>",
    "<svg><title>@</title></svg>",
    "<math><mtext>@</mtext></math>",
    "<math><annotation-xml encoding=text/html>@</annotation-xml></math>",
    "<select><option>@</option></select>",
    "<noscript>@</noscript>",
    "<template>@</template>",
    "<textarea>@</textarea>",
    "<title>@</title>",
    "<style>@</style>",
    "<xmp>@</xmp>",
    "<iframe>@</iframe>",
    "<noembed>@</noembed>",
    "<!-- @ -->",
    "<![CDATA[@]]>",
    "<p title='@'>x</p>",
    "<p title=\"@\">x</p>",
    "<a href=\"@\">x</a>",
    "<img src=\"@\" alt='@'>",
    "<form><form>@</form>",
    "<a href=/><p><a href=/>@</a>",
    "<figure><img src=x><figcaption>@</figcaption></figure>",
    "<details><summary>@</summary></details>",
    "<pre><code>@</code></pre>",
    "<div class=wp-caption><img src=x><p class=wp-caption-text>@</p></div>",
    "<h2 id='@'>@</h2>",
    "<button><p><button>@",
];

/// What is put into the middle of a vector.
const WEDGES: [&str; 12] =
    ["\0", "<b>", "<!-- -->", "</p>", "\n\n", "\"", "'", "<", ">", "\u{a0}", "\u{338}", "<svg><style>"];

/// Mutations of a vector, always the same ones: of case, white space, entities, nesting, splitting and truncation.
#[must_use]
pub fn mutations(vector: &str, number: usize) -> [String; 6] {
    let spaces = ["\n", "\t", "\u{c}", "/", "  \r\n "];
    let chance = |salt: usize| (number + salt).wrapping_mul(0x9E37_79B9) >> 7;
    let cut = |salt: usize| vector.floor_char_boundary(chance(salt) % vector.len().max(1));
    let (head, tail) = vector.split_at(cut(1));
    [
        in_other_case(vector),
        vector.replace(' ', spaces[number % spaces.len()]),
        vector.replace("alert", "&#97;&#108ert").replace("javascript", "&#x6a;ava&Tab;script").replace(':', "&colon;"),
        AROUND[number % AROUND.len()].replace('@', vector),
        format!("{head}{}{tail}", WEDGES[number % WEDGES.len()]),
        vector[..cut(2)].to_owned(),
    ]
}

/// The names of elements and attributes in both cases.
fn in_other_case(vector: &str) -> String {
    let is_name = |at: usize, word: &str| {
        let before = vector[..at].chars().next_back();
        let after = vector[at + word.len()..].chars().next();
        matches!(before, Some('<' | '/')) || after == Some('=')
    };
    let mut mixed = String::new();
    let mut at = 0;
    while let Some(c) = vector[at..].chars().next() {
        let word: String = vector[at..].chars().take_while(char::is_ascii_alphabetic).collect();
        if word.is_empty() {
            mixed.push(c);
            at += c.len_utf8();
            continue;
        }
        let name = is_name(at, &word);
        mixed.extend(word.chars().enumerate().map(
            |(place, c)| {
                if name && place % 2 == 0 { c.to_ascii_uppercase() } else { c }
            },
        ));
        at += word.len();
    }
    mixed
}

/// Writes a site of each dialect below a folder. In each of them each vector stands in every field of a post, whose body it is: as
/// Markdown, as HTML, or among Markdown, each in one of the three. Gives how many posts there are.
#[must_use]
pub fn write(folder: &Utf8Path) -> usize {
    let (by_hand, addresses) = (by_hand(), addresses());
    for (at, dialect) in DIALECTS.into_iter().enumerate() {
        let posts = site(folder, dialect);
        for (number, vector) in by_hand.iter().enumerate() {
            let address = &addresses[(number + at) % addresses.len()];
            let (kind, end, body) = match (number + at) % 3 {
                0 => ("raw", "md", vector.clone()),
                1 => ("html", "html", vector.clone()),
                _ => ("in", "md", within(vector, address)),
            };
            let id = format!("{kind}-{number}");
            put(&posts, &format!("{id}.{end}"), &front_matter(dialect, &id, vector, address), &body);
        }
    }
    DIALECTS.len() * by_hand.len()
}

/// Writes a post into the site of each dialect for a mutation of each vector, another in each. Gives how many posts there are.
#[must_use]
pub fn write_bred(folder: &Utf8Path) -> usize {
    let by_hand = by_hand();
    for (at, dialect) in DIALECTS.into_iter().enumerate() {
        let posts = site(folder, dialect);
        for (number, vector) in by_hand.iter().enumerate() {
            let end = if number % 2 == 0 { "html" } else { "md" };
            let mutation = &mutations(vector, number)[(number + 2 * at) % 6];
            put(&posts, &format!("bred-{number}.{end}"), "---\ndate: 2026-01-01T00:00:00Z\n---\n", mutation);
        }
    }
    DIALECTS.len() * by_hand.len()
}

/// The folder of posts of a site, which is there with its configuration from now on.
fn site(folder: &Utf8Path, dialect: &str) -> Utf8PathBuf {
    let root = folder.join(dialect);
    let (name, configuration, posts) = match dialect {
        "hexo" => ("_config.yml", "title: V\nurl: https://site.example\n", "source/_posts"),
        "jekyll" => ("_config.yml", "title: V\nurl: https://site.example\npermalink: /:title/\n", "_posts"),
        _ => ("hugo.toml", "title = 'V'\nbaseURL = 'https://site.example/'\n", "content/posts"),
    };
    let posts = root.join(posts);
    fs::create_dir_all(&posts).expect("a folder can be made");
    fs::write(root.join(name), configuration).expect("a file can be written");
    posts
}

/// Names of Jekyll's posts begin with a date.
fn put(posts: &Utf8Path, name: &str, front_matter: &str, body: &str) {
    let place = posts.join(format!("2026-01-01-{name}"));
    fs::write(place, format!("{front_matter}{body}\n")).expect("a file can be written");
}

/// Every key that becomes a field, with a vector or an address. A text in JSON is one in YAML.
fn front_matter(dialect: &str, id: &str, vector: &str, address: &str) -> String {
    // YAML does not take this one as it is.
    let quoted =
        |text: &str| serde_json::to_string(text).expect("a text can be written").replace('\u{ffff}', "\\uffff");
    let (text, link) = (quoted(vector), quoted(address));
    let path = quoted(&format!("/{dialect}/{id}/{vector}"));
    let mut lines = String::from("---\n");
    for (key, value) in [
        ("title", text.as_str()),
        ("date", "2026-01-01T00:00:00Z"),
        (if dialect == "hugo" { "summary" } else { "excerpt" }, &text),
        ("description", &text),
        ("author", &format!("{{name: {text}, bio: {text}, url: {link}, avatar: {link}}}")),
        ("categories", &format!("[{text}]")),
        ("tags", &format!("[{text}, {link}]")),
        ("cover", &link),
        ("thumbnail", &link),
        ("source", &link),
        ("lang", &text),
        ("translationKey", &text),
        ("aliases", &format!("[{link}]")),
        ("redirect_from", &text),
        (if dialect == "hugo" { "url" } else { "permalink" }, &path),
        ("evil", &text),
        ("nested", &format!("{{{text}: [{text}, {link}]}}")),
    ] {
        writeln!(lines, "{key}: {value}").expect("a text takes what is written to it");
    }
    lines + "---\n"
}

/// Markdown with a vector and an address wherever there is a place for one.
fn within(vector: &str, address: &str) -> String {
    let line = vector.replace(['\n', '\r'], " ");
    let attribute = address.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "{{% img {address} 5 5 \"{line}\" %}} {{% link {line} {address} %}} {{{{< figure src=`{address}` link=`{address}` caption=`{line}` >}}}}\n\n\
        [caption id=\"a\" width=\"5\"]<img src=\"{attribute}\"> {line}[/caption]\n\n\
        <a href=\"{attribute}\">a</a> <img src=\"{attribute}\" data-src=\"{attribute}\" srcset=\"{attribute} 2x\">\n\n\
        # {line}\n\n> {line}\n\n1. {line}\n\n| {line} | b |\n|---|---|\n| {line} | {line} |\n\n`{line}`\n\n```{line}\n{vector}\n```\n\n\
        [{line}](<{address}> '{line}') ![{line}](<{address}> \"{line}\")\n\n[r]: <{address}> ({line})\n\n[r] <{address}> x[^1]\n\n\
        [^1]: {line}\n\n{vector}\n"
    )
}
