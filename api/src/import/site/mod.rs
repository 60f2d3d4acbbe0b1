//! What a folder is: whose site, and what its configuration says of all its posts.

mod detect;
mod folder;
pub(super) mod glob;
mod layout;
pub(crate) mod naming;
pub(super) mod settings;

use super::{
    dialect::{Dialect, Kind},
    document::SiteRules,
    hexo, hugo, jekyll,
};

pub(super) use self::layout::is_picture;
pub use self::{detect::detect, folder::Folder, layout::Layout, settings::Remark};

/// A site as its configuration has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Configured {
    /// How its posts are read.
    pub rules: SiteRules,
    /// Its name.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The dialect and the reason, for people.
    pub why: String,
    /// Whether a time zone was told, by the configuration.
    pub has_timezone: bool,
    /// What is wrong with the configuration: the file, the line where it is known, and what to do.
    pub warnings: Vec<Remark>,
    /// Where its posts and pictures are.
    pub layout: Layout,
    /// Whether there is a configuration that can not be read, so that nothing of it is known.
    pub is_broken: bool,
    /// The files of the configuration, by their paths below the root, in order of precedence.
    pub files: Vec<(String, String)>,
    /// Pages that are no articles, but tell where articles stand.
    pub pages: Vec<String>,
}

impl Configured {
    /// Of posts that are no site, read as those of a dialect.
    #[must_use]
    pub fn loose(kind: Kind, defaults: &SiteRules, why: String) -> Self {
        let bare = configure(kind, &Folder::default(), defaults, why);
        let mut statics = bare.rules.statics;
        if !statics.contains(&String::new()) {
            statics.push(String::new());
        }
        Self { rules: SiteRules { statics, ..bare.rules }, layout: Layout::Loose, ..bare }
    }

    /// Whether a file tells of a folder of posts, where a layout does not know.
    pub(in crate::import) fn is_section(&self, path: &str) -> bool {
        let is_hugo = matches!(self.rules.dialect, Dialect::Hugo(_));
        is_hugo && self.layout == Layout::Loose && hugo::Rules::is_section(path)
    }

    /// The articles among the files that may be some. Which folders are sections, and what these give to their pages, is learnt
    /// from them, too: `read` gives the first bytes of one, up to the given number.
    pub(in crate::import) fn articles(
        &mut self,
        files: Vec<String>,
        read: impl Fn(&str, u64) -> Result<Vec<u8>, String>,
    ) -> Vec<String> {
        match &mut self.rules.dialect {
            Dialect::Hugo(rules) => {
                self.pages = files.iter().filter(|file| hugo::Rules::is_section(file)).cloned().collect();
                rules.sections = hugo::Rules::sections(files.iter().map(String::as_str));
                self.warnings.extend(rules.learn_cascades(&files, read));
                rules.posts(&files)
            }
            Dialect::Hexo(_) | Dialect::Jekyll(_) => files,
        }
    }
}

/// Reads the configuration of a site. What it does not tell is as in `defaults`. Pure.
#[must_use]
pub fn configure(kind: Kind, folder: &Folder, defaults: &SiteRules, why: String) -> Configured {
    let mut configured = match kind {
        Kind::Hexo => hexo::configure(folder, defaults, why),
        Kind::Jekyll => jekyll::configure(folder, defaults, why),
        Kind::Hugo => of_hugo(folder, defaults, why),
    };
    let unreadable = folder.unreadable.iter().map(|(name, error)| {
        (name.clone(), None, format!("nothing of the configuration is used, since it cannot be read: {error}"))
    });
    configured.warnings.extend(unreadable);
    let unread = |(name, text): &(String, String)| is_configuration(name) && !settings::can_read(name, text);
    let is_broken = !folder.unreadable.is_empty() || folder.files.iter().any(unread);
    Configured { is_broken, files: folder.files.clone(), ..configured }
}

/// Whether a site is configured by a file of this name.
fn is_configuration(name: &str) -> bool {
    ["_config.", "hugo.", "config.", "config/"].iter().any(|start| name.starts_with(start))
}

fn of_hugo(folder: &Folder, defaults: &SiteRules, why: String) -> Configured {
    let is_its = |name: &str| name.starts_with("hugo.") || name.starts_with("config");
    let files: Vec<(String, String)> = folder.files.iter().filter(|(name, _)| is_its(name)).cloned().collect();
    let hugo::Configuration { rules, title, description, has_timezone, content, warnings } =
        hugo::configure(&files, defaults);
    let layout = Layout::Hugo { content, statics: rules.statics.clone() };
    Configured {
        rules,
        title,
        description,
        why,
        has_timezone,
        warnings,
        layout,
        is_broken: false,
        files: Vec::new(),
        pages: Vec::new(),
    }
}
