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

/// The body of the article whose file ends so.
async fn html(db: &TestDb, file: &str) -> String {
    let rows: Vec<(String, String)> =
        db.rows("SELECT article.source_path, body.html FROM body JOIN article ON article.id = body.article_id").await;
    rows.into_iter().find(|(path, _)| path.ends_with(file)).map(|(_, html)| html).unwrap()
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

    async fn a_reference_leads_to_the_page_in_the_language_that_is_meant(db: TestDb) {
        let body = "[r]({{< relref \"b.md\" >}}) [q]({{< relref path=\"b.md\" lang=\"de\" >}})";
        let languages = "defaultContentLanguage = \"en\"\n[languages.en]\n[languages.de]\n";
        let front_matter = "title: T\ndate: 2026-01-01";
        let folder = hugo(languages, &[
            ("p/a.md", front_matter, body), ("p/a.de.md", front_matter, body),
            ("p/b.md", front_matter, "b"), ("p/b.de.md", front_matter, "b"),
            ("p/c.md", front_matter, "{{< ref path=\"a\" lang=\"fr\" >}} [d]({{< ref b.de.md >}}) [e]({{< ref \"/p/b\" >}})"),
        ]);
        let imported = import(&db, &folder).await;
        let leads = |language: &str| format!("href=\"https://tide.example{language}/p/b/\"");
        let (english, german) = (html(&db, "p/a.md").await, html(&db, "p/a.de.md").await);
        assert!(english.contains(&leads("")) && english.contains(&leads("/de")), "{english}");
        assert_eq!(german.matches(&leads("/de")).count(), 2, "{german}");
        let named = html(&db, "p/c.md").await;
        assert!(named.contains(&leads("")) && named.contains(&leads("/de")), "{named}");
        let told = imported.lines.iter().filter(|line| line.to_string().contains("no post `a` in the language `fr`"));
        assert_eq!(told.count(), 1);
    }

    async fn a_reference_leads_to_the_page_beside_its_own_first(db: TestDb) {
        let body = "[one]({{< ref \"b.md\" >}}) [two]({{< ref \"/b\" >}}) [three]({{< ref \"../m/c\" >}}) [four]({{< ref deep >}})";
        let front_matter = "title: T\ndate: 2026-01-01";
        let folder = hugo("", &[
            ("b.md", front_matter, "b"), ("a/b.md", front_matter, "b"), ("p/b/index.md", front_matter, "b"),
            ("p/a/index.md", front_matter, body), ("m/c.md", front_matter, "c"), ("c.md", front_matter, "c"),
            ("x/y/deep.md", front_matter, "d"),
        ]);
        import(&db, &folder).await;
        let html = html(&db, "p/a/index.md").await;
        for (name, path) in [("one", "/p/b/"), ("two", "/b/"), ("three", "/m/c/"), ("four", "/x/y/deep/")] {
            assert!(html.contains(&format!("href=\"https://tide.example{path}\" rel=\"noopener noreferrer\">{name}<")), "{name}: {html}");
        }
    }
}
