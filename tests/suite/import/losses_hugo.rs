//! What must not be lost, mixed up or shown to everyone of a Hugo site.

use super::import;
use tests::{
    db::TestDb,
    seed::{Folder, post},
};

/// A Hugo site with these files below `content`.
fn hugo(settings: &str, files: &[(&str, &str, &str)]) -> Folder {
    let folder = Folder::new();
    folder.write("hugo.toml", format!("baseURL = \"https://tide.example/\"\ntimeZone = \"UTC\"\n{settings}"));
    for (path, front_matter, body) in files {
        folder.write(&format!("content/{path}"), post(front_matter, body));
    }
    folder
}

tests::on_both_databases! {
    async fn a_draft_by_its_sections_cascade_is_a_draft(db: TestDb) {
        let section = ("p/_index.md", "title: S\ncascade: {draft: true}", "");
        let folder = hugo("", &[section, ("p/a.md", "title: A\ndate: 2026-01-01", "a")]);
        import(&db, &folder).await;
        assert_eq!(db.number("SELECT count(*) FROM article WHERE is_draft").await, 1);
        folder.write("content/p/_index.md", post("title: S", ""));
        import(&db, &folder).await;
        assert_eq!(db.number("SELECT count(*) FROM article WHERE is_draft").await, 0, "the posts follow their section");
    }

    async fn a_page_of_a_section_that_can_not_be_read_is_told(db: TestDb) {
        let section = ("p/_index.md", "title: [", "");
        let folder = hugo("", &[section, ("p/a.md", "title: A\ndate: 2026-01-01", "a")]);
        let imported = import(&db, &folder).await;
        let told = imported.lines.iter().filter(|line| line.to_string().contains("p/_index.md:2")).count();
        assert_eq!((told, imported.refusals().len()), (1, 0));
    }
}
