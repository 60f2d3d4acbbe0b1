//! An import whose database fails in the middle: it says so, what it had committed stays, nothing is there by half, and the next run comes
//! to what an undisturbed one comes to.

use camino::Utf8PathBuf;
use std::{
    fmt::Write,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};
use tests::{
    cluster::Cluster,
    load::Load,
    program::{self, Ended},
    proxy::Proxy,
    seed::{Folder, post},
    serving::Serving,
};

/// Each is a transaction of its own.
const SITES: usize = 6;

/// Of each site: 48 together.
const POSTS: usize = 8;

const ALL: i64 = 48;

/// Of the small disk, once the first site is in: less than the others take.
const LEFT_KIB: u64 = 256;

/// Articles as their readers see them, and what belongs to them, whatever their ids.
const STATE: &str = "SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT concat_ws('~', a.path, a.slug, a.title, a.published_at, a.is_draft, a.source_digest, b.html, b.markdown,
        (SELECT string_agg(t.name, ',' ORDER BY t.name) FROM article_tag x JOIN tag t ON t.id = x.tag_id WHERE x.article_id = a.id),
        (SELECT count(*) FROM article_category x WHERE x.article_id = a.id),
        (SELECT count(*) FROM figure x WHERE x.article_id = a.id)) AS line
    FROM article a LEFT JOIN body b ON b.article_id = a.id) AS lines";

/// Articles without their text or their tags, or that no search finds.
const HALVES: &str = "SELECT count(*) FROM article a WHERE a.source_path LIKE '%half%' AND (
    NOT EXISTS (SELECT 1 FROM body b WHERE b.article_id = a.id)
    OR NOT EXISTS (SELECT 1 FROM article_tag x WHERE x.article_id = a.id)
    OR NOT EXISTS (SELECT 1 FROM search_document d WHERE d.article_id = a.id))";

const IMPORTED: &str = "SELECT count(*) FROM article WHERE source_path LIKE '%half%'";

/// A folder of sites. Their posts are older than all others, so that what the load asks stays as it is.
fn sites() -> Folder {
    let folder = Folder::new();
    for site in 0..SITES {
        folder.write(&format!("{site}/_config.yml"), format!("title: Site {site}\ntimezone: UTC\n"));
        for number in site * POSTS..(site + 1) * POSTS {
            let mut text = format!("![A boat](https://example.com/{number}.jpg)\n\n");
            for word in 0..300 {
                // No two posts have much in common that the database could compress.
                write!(text, "{:x} ", (number * 7_919 + word * 104_729) * 2_654_435_761).unwrap();
            }
            let (tag, category) = (number % 20, number % 7);
            let head = format!(
                "title: Number {number}\ndate: 2001-01-01 08:00:00\ntags: [t{tag}, all]\ncategories: [c{category}]"
            );
            folder.write(&format!("{site}/source/_posts/half-{number}.md"), post(&head, &text));
        }
    }
    folder
}

fn arguments<'a>(url: &'a str, site: &'a Utf8PathBuf) -> [&'a str; 5] {
    ["import", site.as_str(), "--media=media", "--database-url", url]
}

fn import(url: &str, site: &Folder) -> Ended {
    program::run(&site.path(), &arguments(url, &site.path()))
}

/// An import to which something happens once its first batch is in, and before its last.
fn disturbed(cluster: &mut Cluster, url: &str, site: &Folder, disturb: impl FnOnce(&mut Cluster)) -> Ended {
    let mut command = program::command(&site.path(), &arguments(url, &site.path()));
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    // The table is not there before the import has made it.
    while !cluster.has("article") || cluster.number(IMPORTED) == 0 {
        assert!(start.elapsed() < Duration::from_mins(1), "the import does not begin");
        sleep(Duration::from_millis(5));
    }
    disturb(cluster);
    Ended::from(&child.wait_with_output().unwrap())
}

fn assert_failed(ended: &Ended) -> &str {
    assert_eq!(ended.status, Some(1), "{ended:?}");
    let message = ended.errors.lines().last().unwrap_or_default();
    assert!(message.starts_with("masthead: ") && message.len() > 20, "{message}");
    message
}

#[test]
fn an_import_that_loses_its_database_goes_on_where_it_was() {
    let Some(mut cluster) = Cluster::start() else { return };
    let site = sites();
    let undisturbed = cluster.another("undisturbed");
    assert_eq!(import(&undisturbed, &site).status, Some(0));
    let expected = cluster.sql_of("undisturbed", STATE);

    let proxy = Proxy::to(cluster.port());
    let url = cluster.url_at(proxy.port());
    let cut = disturbed(&mut cluster, &url, &site, |_| proxy.cut());
    let of_cut = assert_failed(&cut);
    let after_cut = cluster.number(IMPORTED);

    let crashing = cluster.url();
    cluster.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    let crash = disturbed(&mut cluster, &crashing, &site, Cluster::crash);
    let of_crash = assert_failed(&crash);
    for message in [of_cut, of_crash] {
        assert!(message.contains("what was stored before is there"), "{message}");
    }
    cluster.boot();
    let after_crash = cluster.number(IMPORTED);
    for count in [after_cut, after_crash] {
        assert!((1..ALL).contains(&count), "{count} articles stayed");
    }
    assert_eq!(cluster.number(HALVES), 0);
    let again = import(&crashing, &site);
    assert_eq!(again.status, Some(0), "{again:?}");
    assert_eq!(cluster.sql(STATE), expected);
    eprintln!(
        "import cut: {after_cut} of {ALL} stayed, {of_cut:?}; crash: {after_crash} stayed, {of_crash:?}; again: {}",
        again.last_line()
    );
}

#[test]
fn a_full_disk_stops_an_import_and_no_reader() {
    let Some(mut cluster) = Cluster::on_a_small_disk(160) else { return };
    let site = sites();
    let server = Serving::start(&cluster.url(), &[]);
    let load = Load::start(&server.base, 1, 2);
    let url = cluster.url();
    let full = disturbed(&mut cluster, &url, &site, |cluster| cluster.fill_disk(LEFT_KIB));
    let message = assert_failed(&full);
    assert!(message.contains("has no room to grow: its disk is full. Make room"), "{message}");
    let stayed = cluster.number(IMPORTED);
    assert!((1..ALL).contains(&stayed), "{stayed} articles stayed");
    assert_eq!(cluster.number(HALVES), 0);
    assert_eq!(server.readiness().0, 200, "it reads as before");

    let (kept, fresh) = load.end();
    for tally in [&kept, &fresh] {
        assert_eq!((&tally.broken[..], tally.errors()), (&[][..], 0), "{:?}", tally.codes);
    }
    cluster.free_disk();
    let again = import(&cluster.url(), &site);
    assert_eq!(again.status, Some(0), "{again:?}");
    assert_eq!(cluster.number(IMPORTED), ALL);
    assert_eq!(cluster.number(HALVES), 0);
    eprintln!(
        "full disk: {stayed} of {ALL} stayed, {message:?}; meanwhile kept {} right, fresh {} right, no error; again: {}",
        kept.right,
        fresh.right,
        again.last_line()
    );
}
