//! A folder such as people really have: three sites and loose posts in one place, two hundred posts in every form that we know
//! of, and whatever can be broken about files. The same each time it is written.

use crate::seed::Folder;
use std::{
    ffi::OsStr,
    fs::{self, File},
    os::unix::{ffi::OsStrExt, fs::symlink},
    time::{Duration, SystemTime},
};

const WORDS: [&str; 24] = [
    "harbour",
    "lighthouse",
    "rope",
    "潮汐",
    "渔船",
    "fog",
    "quay",
    "Käse",
    "signal",
    "石头",
    "bell",
    "gull",
    "ferry",
    "码头",
    "tide",
    "net",
    "anchor",
    "smoke",
    "été",
    "salt",
    "灯塔",
    "crane",
    "plank",
    "ballast",
];

/// Writes it all into an empty folder.
///
/// # Panics
/// When a file can not be written.
pub fn write(folder: &Folder) {
    hexo(folder);
    jekyll(folder);
    hugo(folder);
    loose(folder);
    broken(folder);
    settle(folder);
}

fn word(number: usize) -> &'static str {
    WORDS[number % WORDS.len()]
}

fn title(number: usize) -> String {
    format!("{} and {} {number}", word(number), word(number * 7 + 3))
}

fn prose(number: usize) -> String {
    let sentence =
        |at: usize| format!("The {} of the {} is {}.", word(number + at), word(number * 3 + at), word(number * 5 + at));
    format!("{} {}\n\n{}\n", sentence(1), sentence(2), sentence(3))
}

/// A picture with a size of its own.
fn svg(number: usize) -> String {
    let (width, height) = (100 + number, 80 + number);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><circle r=\"{number}\"/></svg>\n"
    )
}

fn hexo(folder: &Folder) {
    folder.write(
        "hexo-blog/_config.yml",
        "title: Harbour Notes\nurl: https://harbour.example.com\nlanguage: zh-CN\ntimezone: Asia/Shanghai\n\
         permalink: :year/:month/:day/:title/\npost_asset_folder: true\ncategory_map:\n  新闻: news\ntheme: plain\n",
    );
    folder.write("hexo-blog/source/images/quay.svg", svg(1));
    for number in 0..70 {
        let date = match number % 6 {
            0 => format!("2022-05-{:02} 01:23:45", number % 28 + 1),
            1 => format!("2022-05-{:02}T01:23:45+08:00", number % 28 + 1),
            2 => format!("Fri, {:02} May 2022 01:23:45 GMT", number % 28 + 1),
            3 => format!("2022/5/{} 1:23:45", number % 28 + 1),
            4 => format!("2022-05-{:02}", number % 28 + 1),
            _ => format!("2022年5月{}日", number % 28 + 1),
        };
        let categories = match number % 5 {
            0 => "categories: [新闻, 港口]",
            1 => "categories:\n  - [新闻, 港口]\n  - [新闻, 天气]\n  - 评论",
            2 => "category: 2022",
            3 => "categories: A, B",
            _ => "tags: [海, 风]",
        };
        let title = title(number);
        let title =
            if number % 9 == 8 { format!("{}: {}", word(number), word(number + 1)) } else { format!("'{title}'") };
        let lead = ["", "\n", "\n\n", "\u{feff}"][number % 4];
        let body = match number % 8 {
            0 => "![Beside the post](gull.svg)\n".to_owned(),
            1 => "{% asset_img gull.svg A gull %}\n".to_owned(),
            2 => "{% codeblock lang:rust %}\nfn main() {}\n{% endcodeblock %}\n".to_owned(),
            3 => "{% post_link post-4 %}\n\n{% weather Qingdao %}\n".to_owned(),
            4 => "<div class=\"wp-caption\" style=\"width: 780px\"><img src=\"/images/quay.svg\"><p class=\"wp-caption-text\">The quay (AFP)</p></div>\n"
                .to_owned(),
            5 => "<p>❤ <img class=\"wp-smiley\" alt=\"😀\" src=\"https://s.w.org/images/core/emoji/72x72/1f600.png\"></p>\n\
                  <img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\"/images/quay.svg\">\n"
                .to_owned(),
            6 => "<iframe src=\"https://player.example.com/1\"></iframe>\n\n<img src=\"https://i0.wp.com/ex.example/p/a%20b.jpg?fit=300%2C200&#038;ssl=1\">\n"
                .to_owned(),
            _ => "| a | b |\n| - | - |\n| 1 | 2 |\n\nA note[^1].\n\n[^1]: Below.\n".to_owned(),
        };
        let text = format!("{lead}---\ntitle: {title}\ndate: {date}\n{categories}\n---\n{}\n{body}", prose(number));
        let text = if number % 7 == 6 { text.replace('\n', "\r\n") } else { text };
        folder.write(&format!("hexo-blog/source/_posts/post-{number}.md"), text);
        if number % 8 < 2 {
            folder.write(&format!("hexo-blog/source/_posts/post-{number}/gull.svg"), svg(number));
        }
    }
    folder.write(
        "hexo-blog/source/_posts/lost-picture.md",
        "---\ntitle: Lost\ndate: 2022-06-01\n---\n\n![Gone](gone.png)\n",
    );
    folder.write("hexo-blog/source/_posts/older.md", "title: The older form\ndate: 2022-06-02\n---\nNo opener.\n");
    folder.write(
        "hexo-blog/source/_posts/json.md",
        "\"title\": \"In JSON\",\n\"date\": \"2022-06-03\"\n;;;\nBraces left out.\n",
    );
    folder.write("hexo-blog/source/_drafts/half.md", "---\ntitle: Half done\ndate: 2022-06-04\n---\nSoon.\n");
}

fn jekyll(folder: &Folder) {
    folder.write(
        "jekyll-notes/_config.yml",
        "title: Lock Notes\nurl: https://locks.example.org\ntimezone: Europe/Berlin\npermalink: pretty\nlang: en\n\
         defaults:\n  - scope: {path: \"\", type: posts}\n    values: {author: Mei Lin}\n",
    );
    for number in 0..55 {
        let front_matter = match number % 4 {
            0 => "categories: canals locks".to_owned(),
            1 => format!("date: 2022-06-{:02} 23:30:00 +0200\ntags: water gates", number % 28 + 1),
            2 => format!("category: Two Words\nredirect_from: /old/{number}/"),
            _ => "published: false".to_owned(),
        };
        let text = format!("---\ntitle: \"{}\"\n{front_matter}\n---\n{}", title(number), prose(number));
        folder.write(&format!("jekyll-notes/_posts/2022-06-{:02}-note-{number}.md", number % 28 + 1), text);
    }
    folder.write("jekyll-notes/assets/gate.svg", svg(2));
    folder.write(
        "jekyll-notes/_posts/2022-07-01-liquid.md",
        "---\ntitle: Liquid\n---\n{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n![Gate]({{ site.baseurl }}/assets/gate.svg)\n\n{% include map.html %}\n",
    );
    folder.write(
        "jekyll-notes/canals/_posts/2022-07-02-below.md",
        "---\ntitle: Below a folder\n---\nIts folder is a category.\n",
    );
    folder.write("jekyll-notes/_drafts/someday.md", "---\ntitle: Someday\ndate: 2022-07-03\n---\nLater.\n");
}

fn hugo(folder: &Folder) {
    folder.write(
        "hugo-docs/hugo.toml",
        "baseURL = \"https://mole.example.net/\"\ntitle = \"Mole\"\ntimeZone = \"America/New_York\"\n\n[languages.en]\nweight = 1\n\n[languages.zh-cn]\nweight = 2\n",
    );
    for number in 0..40 {
        let title = title(number);
        let day = number % 28 + 1;
        let text = match number % 3 {
            0 => format!("+++\ntitle = \"{title}\"\ndate = 2022-08-{day:02}T08:00:00Z\ntags = [\"sea wall\"]\n+++\n"),
            1 => format!(
                "---\nTitle: {title}\ndate: 2022-08-{day:02} 08:00:00\naliases: [/old/{number}/]\ncategories: [Stone, Sand]\n---\n"
            ),
            _ => format!("{{\n  \"title\": \"{title}\",\n  \"date\": \"2022-08-{day:02}\"\n}}\n"),
        };
        let text = format!("{text}\n{}", prose(number));
        match number % 5 {
            4 => {
                let body =
                    "{{< figure src=\"wall.svg\" caption=\"The wall\" >}}\n\n{{< tide-table port=\"Brest\" >}}\n";
                folder.write(&format!("hugo-docs/content/walls/wall-{number}/index.md"), format!("{text}\n{body}"));
                folder.write(&format!("hugo-docs/content/walls/wall-{number}/wall.svg"), svg(number));
            }
            _ => folder.write(&format!("hugo-docs/content/stones/stone-{number}.md"), text),
        }
    }
    folder.write(
        "hugo-docs/content/stones/stone-0.zh-cn.md",
        "+++\ntitle = \"石头\"\ndate = 2022-08-01T08:00:00Z\n+++\n很重。\n",
    );
    folder.write(
        "hugo-docs/content/stones/gone.md",
        "+++\ntitle = \"Gone\"\ndate = 2022-01-01\nexpiryDate = 2022-02-01\n+++\nExpired.\n",
    );
    folder.write("hugo-docs/content/stones/_index.md", "---\ntitle: Stones\n---\nA section.\n");
}

fn loose(folder: &Folder) {
    for number in 0..16 {
        let text = format!("---\ntitle: {}\ndate: 2022-09-{:02}\n---\n{}", title(number), number + 1, prose(number));
        folder.write(&format!("loose/{}-{number}.md", word(number)), text);
    }
    folder.write("loose/no front matter.md", "# Just a heading\n\nAnd a paragraph.\n");
    folder.write("loose/page.html", "---\ntitle: A page\ndate: 2022-09-20\n---\n<p>HTML <b>all</b> the way.</p>\n");
}

fn broken(folder: &Folder) {
    let post = |body: &str| format!("---\ntitle: Broken\ndate: 2022-10-01\n---\n{body}\n");
    folder.write("broken/bad-yaml.md", "---\ntitle: [unclosed\ndate: 2022-10-01\n---\nx\n");
    folder.write("broken/bad-toml.md", "+++\ntitle = \"one\"\ntitle = \"two\"\n+++\nx\n");
    folder.write("broken/bad-date.md", "---\ntitle: When\ndate: next Tuesday\n---\nx\n");
    folder.write("broken/unclosed.md", "---\ntitle: Never closed\n\nText.\n");
    folder.write("broken/list.md", "---\n- a\n- b\n---\nx\n");
    folder.write("broken/latin-1.md", b"---\ntitle: Caf\xe9\ndate: 2022-10-01\n---\nx\n");
    folder.write(
        "broken/utf-16.md",
        [&b"\xff\xfe"[..], &"---\ntitle: x\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()]
            .concat(),
    );
    folder.write("broken/long-line.md", post(&"a".repeat(50_000_000)));
    folder.write("broken/laughs.md", laughs());
    folder.write("broken/deep-html.md", post(&"<div>".repeat(10_000)));
    folder.write("broken/deep-markdown.md", post(&format!("{} deep", ">".repeat(10_000))));
    folder.write("broken/one-place.md", "---\ntitle: First\ndate: 2022-10-02\npermalink: /same/\n---\nx\n");
    folder.write("broken/one-place-too.md", "---\ntitle: Second\ndate: 2022-10-02\npermalink: /same/\n---\nx\n");
    folder.write("broken/pictures.md", post("![Too large](bomb.png) ![No picture](text.png) ![Cut off](cut.png)"));
    folder.write("broken/bomb.png", png(60_000, 60_000));
    folder.write("broken/text.png", "This is no picture.\n");
    folder.write("broken/cut.png", &png(3, 3)[..20]);
    let here = folder.path().join("broken");
    symlink(&here, here.join("loop")).expect("a link can be made");
    symlink("/etc/hostname", here.join("outside.md")).expect("a link can be made");
    let name = OsStr::from_bytes(b"odd-\xff.md");
    fs::write(here.as_std_path().join(name), post("x")).expect("a file can have any name");
}

/// A YAML of a few lines that would be gigabytes when its aliases are followed.
fn laughs() -> String {
    let mut text = "---\na0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for level in 1..10 {
        let below = format!("*a{}", level - 1);
        let item = [below.as_str(); 9].join(", ");
        text = format!("{text}a{level}: &a{level} [{item}]\n");
    }
    text + "---\nx\n"
}

/// The beginning of a PNG that claims this size; its pixels are zeros.
fn png(width: u32, height: u32) -> Vec<u8> {
    let header = [&b"IHDR"[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let length = u32::try_from(header.len() - 4).expect("it is short").to_be_bytes();
    [&b"\x89PNG\r\n\x1a\n"[..], &length, &header, &[0; 4], &[0, 0, 0, 0], b"IDAT", &[0; 4]].concat()
}

/// The same times of last change, whenever it was written.
fn settle(folder: &Folder) {
    let at = SystemTime::UNIX_EPOCH + Duration::from_hours(462_384);
    let mut ahead = vec![folder.path().into_std_path_buf()];
    while let Some(place) = ahead.pop() {
        for entry in fs::read_dir(place).expect("a folder can be read") {
            let entry = entry.expect("an entry can be read");
            let kind = entry.file_type().expect("an entry has a type");
            if kind.is_dir() {
                ahead.push(entry.path());
            } else if kind.is_file() {
                let file = File::options().append(true).open(entry.path()).expect("a file can be opened");
                file.set_modified(at).expect("a time can be set");
            }
        }
    }
}
